import { describe, test } from "vitest";
import { play } from "../../support/worlds/playbook.js";
import { relayPlayer } from "../../support/worlds/relay-player.js";

const rules = (...lines: readonly string[]): string =>
  ["version: 1", "rules:", ...lines.map((line) => `  - ${line}`)].join("\n");

describe("rules that act by the clock", () => {
  test("close a connection on which nothing came for so long", () => {
    const world = { rules: rules("{ id: a, trigger: { idle: 4m }, then: [ close: { code: 1001 } ] }") };
    play(relayPlayer(world, true), [
      '>> charger text [2,"1","Heartbeat",{}]',
      '<< csms gets text [2,"1","Heartbeat",{}]',
      '<< cassette: cp-to-csms text [2,"1","Heartbeat",{}], seen 0, sent',
      ">> after 239999",
      '>> csms text [3,"1",{}]',
      '<< charger gets text [3,"1",{}]',
      '<< cassette: csms-to-cp text [3,"1",{}], seen 1, sent',
      ">> after 239999",
      ">> after 2",
      "<< cassette: a connection by the clock closed 1001: ",
      "<< csms gets close 1001",
      "<< cassette: a injects close 1001",
      "<< csms gets the end",
      "<< charger gets close 1001",
      "<< cassette: a injects close 1001",
      "<< charger gets the end",
    ]);
  });
});
