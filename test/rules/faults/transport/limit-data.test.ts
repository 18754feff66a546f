import { describe, expect, test } from "vitest";
import { limitData } from "../../../../src/rules/faults/transport/limit-data.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onConnection } from "../sample.js";

describe("limit-data", () => {
  test("limit-data reads its settings and describes its effect", () => {
    const { report, said } = collector();
    const settings = limitData.read(plainValue({ bytes: 10, direction: "csms-to-cp" }), report);
    if (settings === undefined) throw new Error("not read");
    expect(limitData.apply(settings, inputOf()).outcome).toBe("limited 10 bytes");
    expect(said).toEqual([]);
    limitData.read(plainValue({}), report);
    expect(said).toHaveLength(1);
  });

  test("limit-data ends both sides in the middle of a frame, and forwards nothing more", () => {
    play(relayPlayer({ rules: onConnection("{ limit-data: { bytes: 5, direction: csms-to-cp } }") }, true), [
      ">> csms text abc",
      "<< charger gets text abc",
      "<< cassette: csms-to-cp text abc, seen 0",
      ">> csms text d",
      "<< cassette: csms-to-cp text d, seen 0",
      "<< cassette: note fault-cut",
      "<< charger gets the end",
      "<< csms gets the end",
      ">> charger text e",
      "<< cassette: cp-to-csms text e, seen 2",
      ">> charger end",
      ">> csms end",
      "<< cassette: closed, end by charger, end by csms",
      "<< done",
    ]);
  });

  test("limit-data forwards the bytes up to the limit, even through slower shapes after it", () => {
    play(relayPlayer({ rules: onConnection("{ limit-data: 3 }, { latency: 100ms }") }), [
      ">> csms text abc",
      "<< charger gets bytes 810361",
      "<< charger gets the end",
      "<< csms gets the end",
      ">> after 2000",
      "<< charger gets the reset",
      "<< csms gets the reset",
      "<< done",
    ]);
  });
});
