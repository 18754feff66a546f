import { expect, test } from "vitest";
import { readRules } from "../../src/rules/language/read-rules.js";
import { transactionActions, whyUnmet } from "../../src/sweep/tried-dialogue.js";

const dialogue = { version: "1.6", actions: new Set(["StartTransaction", "StopTransaction"]) } as const;

const drop = "then: [ { drop: {} } ]";

test.each([
  [`when: { version: "2.1" }, ${drop}`, "the rule is for OCPP 2.1, and the recording is OCPP 1.6"],
  [
    `when: { action: [ MeterValues, DataTransfer ] }, ${drop}`,
    "the charger sends no MeterValues and no DataTransfer in the recording",
  ],
  [`when: { action: [ MeterValues, StopTransaction ] }, ${drop}`, "no message matches the rule"],
  [`when: { action: "Meter*" }, ${drop}`, "no message matches the rule"],
  [
    `when: { direction: csms-to-cp, type: [ CALL, SEND ] }, ${drop}`,
    "the CSMS sent no CALL that matches the rule",
  ],
  [`when: { path: { /reason: Reboot } }, ${drop}`, "no message matches the condition of the rule at /reason"],
  ["then: [ { drop-ping: {} } ]", "no ping was sent during the replay"],
  [
    "when: { direction: cp-to-csms }, then: [ { drop-ping: {} } ]",
    "the charger sent no ping during the replay",
  ],
  ["when: { direction: cp-to-csms }, then: [ { drop-pong: {} } ]", "the CSMS sent no ping during the replay"],
  ["then: [ { kick: {} } ]", "the charge point never had two connections at once"],
])("whyUnmet of { %s } is: %s", (rule, why) => {
  const [read] = readRules(`version: 1\nrules: [ { id: a, ${rule} } ]\n`).ruleSet?.rules ?? [];
  expect(read && whyUnmet(read, dialogue)).toBe(why);
});

test("transactionActions lists the transaction messages of the recording", () => {
  expect(transactionActions("start", dialogue)).toEqual(["StartTransaction"]);
  expect(transactionActions("running", dialogue)).toEqual(["StopTransaction"]);
});
