import { describe, expect, test } from "vitest";
import { halfOpen } from "../../../../src/rules/faults/transport/half-open.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onConnection } from "../sample.js";

describe("half-open", () => {
  test("half-open reads its settings and describes its effect", () => {
    const { report, said } = collector();
    expect(halfOpen.read(plainValue({}), report)).toEqual({ direction: "cp-to-csms" });
    const settings = halfOpen.read(plainValue("csms-to-cp"), report);
    if (settings === undefined) throw new Error("not read");
    expect(halfOpen.apply(settings, inputOf()).outcome).toBe("half-open csms-to-cp");
    expect(said).toEqual([]);
    halfOpen.read(plainValue("both"), report);
    expect(said).toHaveLength(1);
  });

  test("half-open closes one side and keeps the other open", () => {
    play(relayPlayer({ rules: onConnection("{ half-open: {} }") }), [
      ">> charger text a",
      ">> csms text b",
      "<< charger gets text b",
      ">> charger reset",
      ">> csms ping p",
      "<< charger gets ping p",
      ">> csms end",
      "<< charger gets the end",
      "<< csms gets the end",
      "<< done",
    ]);
  });
});
