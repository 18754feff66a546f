// Which rules can make a transaction message fail for good.
import { describe, expect, test } from "vitest";
import { billingRiskOf } from "../../../src/rules/language/billing-risk.js";
import { readRules } from "../../../src/rules/language/read-rules.js";

const risk = (rule: string) => {
  const { ruleSet, issues } = readRules(`version: 1\nrules: [ { id: r, ${rule} } ]\n`);
  if (ruleSet?.rules[0] === undefined) throw new Error(JSON.stringify(issues));
  return billingRiskOf(ruleSet.rules[0]);
};

describe("the risk for billing data", () => {
  test.each([
    ["then: [ { drop: {} } ]", "StartTransaction, StopTransaction, MeterValues or TransactionEvent"],
    ["when: { action: Stop* }, then: [ { malformed: { kind: truncated } } ]", "StopTransaction"],
    ["when: { action: StartTransaction, type: CALLRESULT }, then: [ { drop: {} } ]", "StartTransaction"],
    ["when: { action: TransactionEvent }, then: [ { delay: 1s }, { close: {} } ]", "TransactionEvent"],
    ["when: { action: StopTransaction }, then: [ { meter-backwards: {} } ]", "StopTransaction"],
    ["when: { action: StartTransaction }, then: [ { clock-skew: { by: 1h } } ]", "StartTransaction"],
    ["when: { action: StartTransaction }, then: [ { delay: { ms: 20s, jitter: 10s } } ]", "StartTransaction"],
    ["when: { action: StopTransaction }, then: [ { late-response: {} } ]", "StopTransaction"],
    [
      "when: { action: StopTransaction }, then: [ { hold: { until: command, within: 1h } } ]",
      "StopTransaction",
    ],
    ["then: [ { latency: 1m } ]", "TransactionEvent"],
    ["then: [ { slicer: { averageSize: 1, delay: 1s } } ]", "TransactionEvent"],
  ])("is told of %s", (rule, actions) => {
    expect(risk(rule)?.message).toContain(`${actions} can fail for good`);
    expect(risk(rule)?.message).toContain("1.6 section 3.7.1");
  });

  test.each([
    "then: [ { delay: 10s } ]",
    "then: [ { duplicate: {} } ]",
    "then: [ { latency: 300ms } ]",
    "then: [ { hold: { within: 5s } } ]",
    "then: [ { slicer: { averageSize: 8, delay: 5ms } } ]",
    "then: [ { refuse: 503 } ]",
    "then: [ { certificate: expired } ]",
    "when: { action: Heartbeat }, then: [ { drop: {} } ]",
    "when: { type: SEND }, then: [ { drop: {} } ]",
  ])("is not told of %s", (rule) => {
    expect(risk(rule)).toBeUndefined();
  });

  test("the billing risk depends on repetitions by the charge point if the rule acts a limited number of times", () => {
    expect(risk("trigger: { nth: 1 }, then: [ { drop: {} } ]")?.message).toContain(
      "if the charge point does not send it again",
    );
  });
});
