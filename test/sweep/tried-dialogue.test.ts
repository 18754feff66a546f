// Why a rule met nothing in a recording.
import { expect, test } from "vitest";
import { readRules } from "../../src/rules/language/read-rules.js";
import { transactionActions, whyUnmet } from "../../src/sweep/tried-dialogue.js";

const dialogue = { version: "1.6", actions: new Set(["StartTransaction", "StopTransaction"]) } as const;

const drop = "then: [ { drop: {} } ]";

test.each([
  [`when: { version: "2.1" }, ${drop}`, "it asks for OCPP 2.1, and the recording speaks 1.6"],
  [
    `when: { action: [ MeterValues, DataTransfer ] }, ${drop}`,
    "the charger calls no MeterValues and no DataTransfer in the recording",
  ],
  [`when: { action: [ MeterValues, StopTransaction ] }, ${drop}`, "the rule met nothing to act on"],
  [`when: { action: "Meter*" }, ${drop}`, "the rule met nothing to act on"],
  [
    `when: { direction: csms-to-cp, type: [ CALL, SEND ] }, ${drop}`,
    "the CSMS made no CALL that it asks for",
  ],
  [`when: { path: { /reason: Reboot } }, ${drop}`, "no message has what it asks for at /reason"],
  ["then: [ { drop-ping: {} } ]", "nobody sent a ping while the replay ran"],
  [
    "when: { direction: cp-to-csms }, then: [ { drop-ping: {} } ]",
    "the charger sent no ping while the replay ran",
  ],
  [
    "when: { direction: cp-to-csms }, then: [ { drop-pong: {} } ]",
    "the CSMS sent no ping while the replay ran",
  ],
  ["then: [ { kick: {} } ]", "the charge point never had two connections at once"],
])("the reason of { %s } is: %s", (rule, why) => {
  const [read] = readRules(`version: 1\nrules: [ { id: a, ${rule} } ]\n`).ruleSet?.rules ?? [];
  expect(read && whyUnmet(read, dialogue)).toBe(why);
});

test("transactions begin and run with the actions of the recording", () => {
  expect(transactionActions("start", dialogue)).toEqual(["StartTransaction"]);
  expect(transactionActions("running", dialogue)).toEqual(["StopTransaction"]);
});
