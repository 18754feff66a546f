import { expect, test } from "vitest";
import { duplicateId } from "../../../../src/rules/faults/message/duplicate-id.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

const second = start.replace('"7"', '"8"');

test("duplicate-id gives a CALL the id of the CALL before it", () => {
  const recall = { callId: "6", earlier: () => undefined };
  expect(tried(duplicateId, {}, start, { recall })).toMatchObject({
    texts: [start.replace('"7"', '"6"')],
    outcome: "renumbered 6",
  });
});

test.each([
  [start, "no CALL came before it"],
  ['[3,"7",{}]', "the message is no CALL"],
])("leaves %s alone, for %s", (text, why) => {
  expect(tried(duplicateId, {}, text)).toMatchObject({ isUntouched: true, outcome: `not applied: ${why}` });
});

test("duplicate-id uses the last CALL, even with other messages in between", () => {
  play(relayPlayer({ rules: fromCharger("StartTransaction", "{ duplicate-id: {} }") }), [
    '>> charger text [2,"6","Heartbeat",{}]',
    '<< csms gets text [2,"6","Heartbeat",{}]',
    '>> charger text [3,"x",{}]',
    '<< csms gets text [3,"x",{}]',
    `>> charger text ${start}`,
    `<< csms gets text ${start.replace('"7"', '"6"')}`,
    `>> charger text ${second}`,
    `<< csms gets text ${start}`,
  ]);
});
