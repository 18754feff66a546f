import { describe, expect, test } from "vitest";
import { slowClose } from "../../../../src/rules/faults/transport/slow-close.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onConnection } from "../sample.js";

describe("slow-close", () => {
  test("slow-close reads its settings and describes its effect", () => {
    const { report, said } = collector();
    const settings = slowClose.read(plainValue("10s"), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(slowClose.apply(settings, inputOf()).outcome).toBe("close slowed 10000 ms");
    slowClose.read(plainValue({}), report);
    expect(said).toHaveLength(1);
  });

  test("slow-close forwards frames at once and the end later", () => {
    play(relayPlayer({ rules: onConnection("{ slow-close: 500ms }") }), [
      ">> charger close 1000 bye",
      "<< csms gets close 1000 bye",
      ">> charger end",
      ">> after 499",
      ">> after 1",
      "<< csms gets the end",
      ">> csms end",
      ">> after 500",
      "<< charger gets the end",
      "<< done",
    ]);
  });
});
