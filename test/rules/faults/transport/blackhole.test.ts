import { describe, expect, test } from "vitest";
import { blackhole } from "../../../../src/rules/faults/transport/blackhole.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onAction, onConnection } from "../sample.js";

describe("blackhole", () => {
  test("blackhole reads its settings and describes its effect", () => {
    const { report, said } = collector();
    const settings = blackhole.read(plainValue({ timeout: "1m" }), report);
    if (settings === undefined) throw new Error("not read");
    expect(blackhole.apply(settings, inputOf()).outcome).toBe("swallowed 60000 ms");
    expect(said).toEqual([]);
    blackhole.read(plainValue({ timeout: "soon" }), report);
    expect(said).toHaveLength(1);
  });

  test("blackhole drops everything in both directions, even the end, and the cassette contains it", () => {
    play(relayPlayer({ rules: onAction("Last", "{ blackhole: {} }") }, true), [
      '>> charger text [2,"1","Last",{}]',
      '<< cassette: cp-to-csms text [2,"1","Last",{}], seen 0',
      '<< cassette: r1 CALL Last swallowed for ever: text [2,"1","Last",{}]',
      '<< csms gets text [2,"1","Last",{}]',
      '>> csms text [3,"1",{}]',
      '<< cassette: csms-to-cp text [3,"1",{}], seen 1',
      ">> charger ping p",
      "<< cassette: cp-to-csms ping p, seen 1",
      ">> charger end",
      ">> after 100000",
      ">> csms end",
      "<< charger gets the end",
      "<< csms gets the end",
      "<< cassette: closed, end by charger, end by csms",
      "<< done",
    ]);
  });

  test("blackhole with a timeout resets both sides at last", () => {
    play(relayPlayer({ rules: onConnection("{ blackhole: 1s }") }, true), [
      ">> charger text a",
      "<< cassette: cp-to-csms text a, seen 0",
      ">> after 1000",
      "<< cassette: note fault-cut",
      "<< charger gets the reset",
      "<< csms gets the reset",
      "<< cassette: closed, reset by us",
      "<< done",
    ]);
  });

  test("blackhole can start after a silence", () => {
    play(relayPlayer({ rules: onConnection("{ blackhole: {} }", "trigger: { idle: 4m }, ") }), [
      ">> after 100000",
      ">> charger text a",
      "<< csms gets text a",
      ">> after 240000",
      ">> charger text b",
      ">> stop",
      "<< csms gets the end",
      "<< charger gets the end",
      "<< done",
    ]);
  });
});
