import { expect, test } from "vitest";
import { explainRule } from "../../../src/rules/language/explain.js";
import { ruleSet } from "../sample.js";

/** Lines in pairs: a rule, and its sentences. */
const sentences = `
{ id: a, then: [ drop: ] }
  Drops every message.
{ id: a, when: { identity: [ { like: "CP-*" }, X ], direction: csms-to-cp, type: CALLRESULT, action: StartTransaction }, trigger: { nth: 1, per: identity }, then: [ drop: ] }
  Drops the first StartTransaction CALLRESULT from the CSMS to any charge point like "CP-*" or "X". Counted per charge point.
{ id: a, when: { direction: cp-to-csms, action: [ A, B, C ], path: { /c: { gt: 1, lt: 3 }, /d: { exists: false } } }, trigger: { probability: 0.05, times: 20 }, then: [ { delay: { ms: 200, jitter: 50 } }, { duplicate: { times: 2 } } ] }
  Delays every A, B or C message from any charge point to the CSMS by 200 to 250 ms, then sends the message 3 times, if /c is greater than 1 and /c is less than 3 and /d is absent. Acts with a probability of 5 %, at most 20 times per connection.
{ id: a, when: { type: [ CALL, SEND ] }, trigger: { every: 2, first: 5, after: 10, per: all }, then: [ { malformed: { kind: truncated } } ] }
  Truncates the text of every 2nd of the next 5 CALLs or SENDs after the first 10. Counted over all charge points together.
{ id: a, when: { path: { /a: { equals: x, matches: "^x", gte: 1, lte: 2, exists: true } } }, trigger: { first: 3, times: 1 }, then: [ { close: { code: 1001, reason: bye } } ] }
  Closes the connection with code 1001 and reason "bye" instead of forwarding the first 3 messages, if /a equals "x", /a matches "^x", /a exists, /a is at least 1 and /a is at most 2. Counts only messages that meet these conditions, separately for each connection. Acts only once per connection.
{ id: a, trigger: { nth: 12, first: 20 }, then: [ { delay: { ms: 5, holds: lane } } ] }
  Delays the 12th message by 5 ms, together with all later messages. Acts only among the first 20. Counted per connection.
{ id: a, trigger: { first: 1 }, then: [ drop: ] }
  Drops the first message. Counted per connection.
{ id: a, trigger: { schedule: { at: 1m }, times: 1, per: all }, then: [ { down: { for: 90s } } ] }
  Starts an outage of 1 min 30 s (resets the connections of all charge points, and every new one during that time) on every connection 1 min after it opens. Acts only once in total.
{ id: a, when: { connection: { gt: 1 } }, trigger: { idle: 4m, probability: 0.5 }, then: [ blackhole: ] }
  Whenever neither side has sent anything for 4 min, drops all data silently on every connection, if its number is greater than 1. Acts with a probability of 50 %.
{ id: a, when: { identity: X }, trigger: { schedule: { every: 30s }, nth: 2 }, then: [ { ping-flood: { n: 3 } }, { close: { code: 1001 } } ] }
  Every 30 s, sends 3 pings on every connection of "X", then closes it with code 1001. Acts only the 2nd time, counted per connection.
{ id: a, trigger: { after: 1, first: 2, per: identity }, then: [ { refuse: 503 } ] }
  Refuses the next 2 upgrades after the first with HTTP status 503. Counted per charge point.
{ id: a, trigger: { nth: 3 }, then: [ { certificate: expired } ] }
  Presents an expired certificate in the 3rd TLS handshake. Counted per address.
{ id: a, when: { action: MeterValues, window: { from: 10m, to: 1h } }, then: [ { latency: 1500ms }, { delay: { ms: 3s, jitter: 4s } } ] }
  Delays all data of the connection by 1.5 s after every MeterValues message, then delays the message by 3 to 7 s, between 10 min and 1 h after the connection opened.
{ id: a, when: { not: { action: Heartbeat, direction: cp-to-csms } }, then: [ drop: ] }
  Drops every message. Acts on all but Heartbeat messages from any charge point to the CSMS.
{ id: a, when: { any: [ { action: A }, { type: CALL, path: { /x: 1 } } ], all: [ { direction: csms-to-cp }, { identity: X } ] }, then: [ drop: ] }
  Drops every message. Acts only if all of these match: messages from the CSMS to any charge point; messages of "X". Acts only if one of these matches: A messages; CALLs, if /x equals 1.
{ id: a, when: { state: { inTransaction: true, booted: false, connector: 2, status: [ A, B ] }, version: [ 1.6, 2.1 ], clock: { from: '22:00', to: '06:00' } }, trigger: { after: 3, ttl: 10m, window: 30s }, then: [ drop: ] }
  Drops every message after the first 3, only on OCPP 1.6 or 2.1, while the charge point has not booted, a transaction is running on connector 2 (EVSE 2 in OCPP 2.x) and the status of connector 2 (EVSE 2 in OCPP 2.x) is A or B, daily from 22:00 to 06:00 UTC. Counts only messages that meet these conditions, separately for each connection. Acts only within 30 s after the first match, only within 10 min after arming.
{ id: a, when: { identity: { matches: '^X' }, connection: [1,2] }, trigger: { idle: 1m, every: 2, first: 4, after: 1 }, then: [ { reset-peer: {} } ] }
  Whenever neither side has sent anything for 1 min, resets every connection of any charge point that matches "^X", if its number is 1 or 2. Skips the first time, then acts only every 2nd of the next 4 times, counted per connection.
{ id: a, when: { direction: csms-to-cp, identity: X }, then: [ { drop-ping: {} } ] }
  Drops every ping from the CSMS to "X".
{ id: a, when: { direction: cp-to-csms }, then: [ { drop-pong: {} } ] }
  Drops every pong from any charge point.
{ id: a, when: { type: [ CALL, unreadable ] }, trigger: { every: 3, per: exchange }, then: [ drop: ] }
  Drops every 3rd CALL or unreadable message. Counted per CALL with its answer.
{ id: a, trigger: { idle: 1m, after: 1, per: identity }, then: [ { reset-peer: {} } ] }
  Whenever neither side has sent anything for 1 min, resets every connection. Skips the first time, for each charge point.
{ id: a, trigger: { schedule: { every: 1m }, after: 2, per: all }, then: [ { latency: { ms: 15s, for: 15s } } ] }
  Every minute, for 15 s, delays all data of every connection by 15 s. Skips the first 2 times, over all charge points together.
{ id: a, when: { action: A, path: { /x: 1 } }, trigger: { after: 2, nth: 3, per: all, window: 10s }, then: [ drop: ] }
  Drops the 5th A message, if /x equals 1. Counts only messages that meet these conditions, over all charge points together. Acts only within 10 s after the first match.
{ id: a, when: { version: [ 2.0.1 ], state: { inTransaction: true, connector: 2, status: Available } }, then: [ drop: ] }
  Drops every message, only on OCPP 2.0.1, while a transaction is running on EVSE 2 and the status of EVSE 2 is Available.
{ id: a, when: { not: { any: [ { action: A }, { action: B } ], type: CALL } }, trigger: { first: 1 }, then: [ drop: ] }
  Drops the first message. Acts on all but CALLs (only if one of these matches: A messages; B messages). Counts only messages that meet these conditions, separately for each connection.
`;

const pairs = [...sentences.matchAll(/^(\{.*)\n {2}(.*)$/gm)].map(([, rule = "", words = ""]) => [
  rule,
  words,
]);

test.each(pairs)("the rule %s is explained as: %s", (rule = "", words) => {
  expect(ruleSet(rule).rules.map(explainRule)).toEqual([words]);
});
