import { expect, test } from "vitest";
import { explainRule } from "../../../src/rules/language/explain.js";
import { ruleSet } from "../sample.js";

test.each([
  ["{ id: a, then: [ drop: ] }", "Of all messages of any charge point, every one is dropped."],
  [
    '{ id: a, when: { identity: [ { like: "CP-*" }, X ], direction: csms-to-cp, type: CALLRESULT, action: StartTransaction }, trigger: { nth: 1, per: identity }, then: [ drop: ] }',
    'Of CALLRESULT messages for StartTransaction from the CSMS to any charge point like "CP-*" or "X", the first (counted for each charge point) is dropped.',
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
  [
    "{ id: a, trigger: { schedule: { at: 1m }, times: 1, per: all }, then: [ { down: { for: 90s } } ] }",
    "1 min after a connection of any charge point began, once in all, it is met by an outage of 1 min 30 s, in which all connections of all charge points are reset, and new ones as well.",
  ],
  [
    "{ id: a, when: { connection: { gt: 1 } }, trigger: { idle: 4m, probability: 0.5 }, then: [ blackhole: ] }",
    "Whenever nothing has passed on a connection of any charge point (one whose number is greater than 1) for 4 min, in either direction, each time with a chance of 50 %, it is turned into a black hole, and nobody is told.",
  ],
  [
    "{ id: a, when: { identity: X }, trigger: { schedule: { every: 30s }, nth: 2 }, then: [ { ping-flood: { n: 3 } }, { close: { code: 1001 } } ] }",
    'Every 30 s of a connection of "X", and of these times the 2nd (counted for each connection), it is sent 3 pings, then closed with code 1001.',
  ],
  [
    "{ id: a, trigger: { after: 1, first: 2, per: identity }, then: [ { refuse: 503 } ] }",
    "Of all upgrades of any charge point, each of the 2 that follow the first (counted for each charge point) is refused with 503.",
  ],
  [
    "{ id: a, trigger: { nth: 3 }, then: [ { certificate: expired } ] }",
    "Of all TLS handshakes of any charge point, the 3rd (counted for each address) is shown a certificate that is expired.",
  ],
  [
    "{ id: a, when: { action: MeterValues, window: { from: 10m, to: 1h } }, then: [ { latency: 1500ms }, { delay: { ms: 3s, jitter: 4s } } ] }",
    "Of all messages for MeterValues of any charge point between 10 min and 1 h after the connection began, every one is passed on before its connection is slowed by 1.5 s, then delayed by 3 to 7 s.",
  ],
])("%s is one English sentence", (rule, sentence) => {
  expect(ruleSet(rule).rules.map(explainRule)).toEqual([sentence]);
});
