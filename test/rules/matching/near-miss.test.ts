// The condition that kept a rule from a message.
import { expect, test } from "vitest";
import { readRules } from "../../../src/rules/language/read-rules.js";
import { type PastMessage, ruleNearMiss } from "../../../src/rules/matching/near-miss.js";

const message: PastMessage = {
  identity: "CP1",
  version: "1.6",
  direction: "cp-to-csms",
  type: "CALL",
  action: "MeterValues",
  payload: () => ({ connectorId: 2 }),
};

test.each([
  ["{ identity: CP2, action: MeterValues }", { condition: "identity", found: "CP1" }],
  ["{ direction: csms-to-cp, action: MeterValues }", { condition: "direction", found: "cp-to-csms" }],
  ["{ type: CALLRESULT, action: MeterValues }", { condition: "type", found: "CALL" }],
  ["{ type: CALL, action: Heartbeat }", { condition: "action", found: "MeterValues" }],
  ["{ action: MeterValues, path: { /connectorId: 1 } }", { condition: "path /connectorId", found: null }],
  ["{ action: MeterValues, path: { /connectorId: 2 } }", undefined],
  ["{ type: CALLRESULT, action: Heartbeat }", undefined],
  ["{ action: Heartbeat }", undefined],
  ["{ version: 2.0.1, action: MeterValues }", { condition: "version", found: "1.6" }],
])("the near miss of a rule with %s is %o", (when, expected) => {
  const { ruleSet } = readRules(`version: 1\nrules: [ { id: r, when: ${when}, then: [ { drop: {} } ] } ]\n`);
  const [rule] = ruleSet?.rules ?? [];
  expect(rule === undefined ? "no rule" : ruleNearMiss(rule, message)).toEqual(expected);
});

test("a condition on a version that is not known is no near miss", () => {
  const { ruleSet } = readRules(
    "version: 1\nrules: [ { id: r, when: { version: 1.6, type: CALL, action: Reset }, then: [ drop: ] } ]\n",
  );
  const [rule] = ruleSet?.rules ?? [];
  const found = rule === undefined ? undefined : ruleNearMiss(rule, { ...message, version: undefined });
  expect(found).toEqual({ condition: "action", found: "MeterValues" });
});
