import { expect, test } from "vitest";
import { explainRule } from "../../src/rules/explain.js";
import { ruleSet } from "./sample.js";

test.each([
  ["{ id: a, then: [ drop: ] }", "Of all messages of any charge point, every one is dropped."],
  [
    '{ id: a, when: { identity: [ { like: "CP-*" }, X ], direction: csms-to-cp, type: CALLRESULT, action: StartTransaction }, trigger: { nth: 1, per: identity }, then: [ drop: ] }',
    'Of CALLRESULT messages for StartTransaction from the CSMS to any charge point like "CP-*" or "X", the 1st (counted for each charge point) is dropped.',
  ],
  [
    "{ id: a, when: { direction: cp-to-csms, action: [ A, B, C ], path: { /c: { gt: 1, lt: 3 }, /d: { exists: false } } }, trigger: { probability: 0.05, times: 20 }, then: [ { delay: { ms: 200, jitter: 50 } }, { duplicate: { times: 2 } } ] }",
    "Of all messages for A, B or C from any charge point to the CSMS in whose payload /c is greater than 1 and /c is less than 3 and /d is absent, every one with a chance of 5 % but at most 20 times (counted for each connection) is delayed by 200 to 250 ms, then sent 3 times.",
  ],
  [
    "{ id: a, when: { type: [ CALL, SEND ] }, trigger: { every: 2, first: 5, after: 10, per: all }, then: [ { malformed: { kind: truncated } } ] }",
    "Of CALL and SEND messages of any charge point, every 2nd of the first 5 after the first 10 (counted over all charge points) is cut off in the middle.",
  ],
  [
    '{ id: a, when: { path: { /a: { equals: x, matches: "^x", gte: 1, lte: 2, exists: true } } }, trigger: { first: 3, times: 1 }, then: [ { close: { code: 1001, reason: bye } } ] }',
    'Of all messages of any charge point in whose payload /a equals "x", /a matches "^x", /a exists, /a is at least 1 and /a is at most 2, each of the first 3 but only once (counted for each connection) is replaced by a close of the connection with code 1001 and the reason "bye".',
  ],
  [
    "{ id: a, trigger: { nth: 12, first: 20 }, then: [ { delay: { ms: 5, holds: lane } } ] }",
    "Of all messages of any charge point, the 12th if among the first 20 (counted for each connection) is delayed by 5 ms with everything behind it.",
  ],
  [
    "{ id: a, trigger: { first: 1 }, then: [ drop: ] }",
    "Of all messages of any charge point, the first (counted for each connection) is dropped.",
  ],
])("%s is one English sentence", (rule, sentence) => {
  expect(ruleSet(rule).rules.map(explainRule)).toEqual([sentence]);
});
