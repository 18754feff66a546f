import { expect, test } from "vitest";
import { reorder } from "../../../../src/rules/faults/message/reorder.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { settingsOf, tried } from "../trial.js";

const call = (id: number, action: string): string => `[2,"${id}","${action}",{}]`;

test.each([
  [{}, { gap: 1, within: 30_000 }],
  [
    { gap: 3, within: "5s" },
    { gap: 3, within: 5000 },
  ],
])("reorder reads the settings %j", (plain, settings) => {
  expect(settingsOf(reorder, plain)).toEqual(settings);
});

test("reorder holds back one message at a time", () => {
  expect(tried(reorder, { gap: 2 }, call(1, "A"))).toMatchObject({
    outcome: "held back for 2 messages, 30000 ms at most",
    wait: { kind: "messages", count: 2, withinMs: 30_000 },
    isUntouched: true,
  });
  expect(tried(reorder, {}, call(1, "A"), { message: { heldBack: 1 } })).toMatchObject({
    outcome: "not applied: another message is held back already",
  });
});

test("reorder forwards the message after the next messages of the same direction", () => {
  play(relayPlayer({ rules: fromCharger("A", "{ reorder: { gap: 2, within: 1s } }") }), [
    `>> charger text ${call(1, "A")}`,
    `>> csms text ${call(5, "C")}`,
    `<< charger gets text ${call(5, "C")}`,
    `>> charger text ${call(2, "B")}`,
    `<< csms gets text ${call(2, "B")}`,
    `>> charger text ${call(3, "A")}`,
    `<< csms gets text ${call(3, "A")}`,
    `<< csms gets text ${call(1, "A")}`,
  ]);
});

test("reorder forwards the message after its longest time, before a close, and when the program stops", () => {
  const rules = fromCharger("A", "{ reorder: { within: 1s } }");
  play(relayPlayer({ rules }), [
    `>> charger text ${call(1, "A")}`,
    ">> after 999",
    ">> after 1",
    `<< csms gets text ${call(1, "A")}`,
    `>> charger text ${call(2, "A")}`,
    ">> charger close 1000",
    `<< csms gets text ${call(2, "A")}`,
    "<< csms gets close 1000",
  ]);
  play(relayPlayer({ rules }), [
    `>> charger text ${call(1, "A")}`,
    ">> stop",
    `<< csms gets text ${call(1, "A")}`,
    "<< csms gets the end",
    "<< charger gets the end",
    "<< done",
  ]);
});

test("reorder records what the message waits for", () => {
  play(relayPlayer({ rules: fromCharger("A", "{ reorder: {} }") }, true), [
    `>> charger text ${call(1, "A")}`,
    `<< cassette: cp-to-csms text ${call(1, "A")}, seen 0`,
    `<< cassette: r1 CALL A held back for 1 message, 30000 ms at most: text ${call(1, "A")}`,
  ]);
});
