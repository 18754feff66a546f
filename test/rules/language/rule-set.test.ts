import { expect, test } from "vitest";
import { isTimed } from "../../../src/rules/language/rule-set.js";
import { ruleSet } from "../sample.js";

test("a rule with idle or schedule is timed, other rules are not", () => {
  const { rules } = ruleSet(
    "{ id: a, trigger: { idle: 4m }, then: [ close: ] }",
    "{ id: b, trigger: { schedule: { every: 1m } }, then: [ close: ] }",
    "{ id: c, trigger: { ttl: 1m, nth: 2 }, then: [ close: ] }",
  );
  expect(rules.map(isTimed)).toEqual([true, true, false]);
});
