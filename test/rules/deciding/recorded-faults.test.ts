import { expect, test } from "vitest";
import { recordedFaults } from "../../../src/rules/deciding/recorded-faults.js";
import { ruleSet } from "../sample.js";

const application = {
  rule: "a",
  connection: 1,
  direction: "cp-to-csms",
  type: "CALL",
  action: "Heartbeat",
  ordinal: 3,
} as const;

test("recorded faults fire where they fired, and ask nothing else of a message", () => {
  const rules = ruleSet(
    "{ id: a, when: { identity: CP1, path: { /x: 1 } }, then: [ drop: ] }",
    "{ id: b, when: { identity: CP1, connection: 2 }, trigger: { idle: 4m }, then: [ close: ] }",
  );
  const faults = recordedFaults("CP1", rules, 9, [application]);
  expect(faults.fires(application)).toBe(true);
  expect(faults.fires({ ...application, ordinal: 4 })).toBe(false);
  expect(faults.fires({ ...application, action: null })).toBe(false);
  const [first, second] = faults.ruleSet.rules;
  expect(first?.when).toMatchObject({ identities: undefined, paths: [] });
  expect(second?.when).toMatchObject({ identities: undefined, connection: [{ kind: "in", values: [2] }] });
});
