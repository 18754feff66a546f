// The sentences of rules explain for single faults. docs/reference/faults.md has the sentence of each fault's example.
import { expect, test } from "vitest";
import { explainRule } from "../../../src/rules/language/explain.js";
import { ruleSet } from "../sample.js";

/** Lines in pairs: an item of `then`, and the sentence of a rule with nothing else. */
const alone = `
latency: { ms: 150ms, jitter: 100ms }
  Delays all data of every connection by 150 ms ± 100 ms (uniform distribution).
latency: { ms: 1s, direction: cp-to-csms, for: 30s }
  For 30 s, delays all data of every connection by 1 s, only from the charge point to the CSMS.
bandwidth: { rate: 16, direction: csms-to-cp }
  Applies a limit of 16 KB/s to every connection, only from the CSMS to the charge point.
slicer: { averageSize: 100 }
  Splits the data into small writes (100 bytes) on every connection.
slow-close: { delay: 10s, direction: csms-to-cp }
  Delays the TCP FIN by 10 s on every connection, only from the CSMS to the charge point.
blackhole: { timeout: 30s, direction: cp-to-csms }
  Drops all data silently on every connection, only from the charge point to the CSMS, then resets both sides after 30 s.
half-open: csms-to-cp
  Drops all data from the CSMS to the charge point silently on every connection.
reset-peer: {}
  Resets every connection.
reset-peer: { to: csms, after: 2s }
  Resets the CSMS side of every connection, 2 s later.
limit-data: { bytes: 1500 }
  Closes TCP without a close frame, after 1500 more bytes, on every connection.
down: { for: 90s, scope: identity }
  Starts an outage of 1 min 30 s (resets the connections of that charge point, and every new one during that time) on every upgrade.
down: { for: 5m, port: closed }
  Starts an outage of 5 min (resets the connections of all charge points, refuses new ones) on every upgrade.
refuse: { status: 429 }
  Refuses every upgrade with HTTP status 429.
subprotocol: { answer: none }
  Answers every upgrade without a subprotocol instead of the CSMS's choice.
handshake-stall: {}
  Holds every upgrade forever.
kick: { keep: old }
  Closes every connection with code 1008 if the same charge point already has one.
certificate: { flaw: untrusted-ca }
  Presents a certificate signed by an unknown CA in every TLS handshake.
tls-stall: {}
  Holds every TLS handshake forever.
tls-version: { min: 1.2 }
  Limits every TLS handshake to TLS 1.2 or newer.
tls-version: { min: 1.2, max: 1.3 }
  Limits every TLS handshake to TLS 1.2 to 1.3.
close: { code: 1000 }
  Closes the connection with code 1000 instead of forwarding every message.
close: { code: 1001, forward: true, discardHeld: true }
  Closes the connection with code 1001 after every message and discards held messages.
close: { style: no-frame }
  Closes the connection without a close frame instead of forwarding every message.
close: { style: reset, forward: true }
  Resets the connection after every message.
close: { style: go-on }
  Sends a close frame with code 1011 instead of forwarding every message and keeps the connection open.
invalid-utf8: {}
  Puts invalid UTF-8 into every message.
bad-rsv: { bits: all }
  Sets all reserved bits in every message.
bad-length: { declared: less, by: 3 }
  Declares 3 bytes too few in every message.
bad-length: { declared: 2^63 }
  Declares a length of 2^63 bytes in every message.
truncated: { then: reset }
  Cuts off every message inside a frame, then resets the connection.
ping-flood: { n: 1, to: csms }
  Sends a ping to the CSMS after every message.
byte-flip: { n: 1, in: payload }
  Changes 1 random byte in the payload of every message.
delay: { ms: 200ms, jitter: 50ms, holds: lane }
  Delays every message by 200 to 250 ms, together with all later messages.
duplicate: { times: 2, gap: 30s }
  Sends every message 3 times, 30 s apart.
reorder: { gap: 2 }
  Holds every message until 2 messages have passed, at most 30 s.
hold: {}
  Holds every message until an operator releases it, at most 30 s.
replay-earlier: { back: 3, place: before }
  Sends an earlier message of the same kind (3 back) again before every message.
replay-earlier: { place: instead }
  Sends the previous message of the same kind instead of every message.
wrong-id: { id: abc }
  Sets the id "abc" in every message.
late-response: { after: 45s, until: next-call }
  Holds the answer to every message until the next CALL, at most 45 s.
respond: { payload: { status: Rejected }, forward: true }
  Answers every message with {"status":"Rejected"} instead of the peer's own answer.
inject: { direction: cp-to-csms, action: Heartbeat, when: now }
  Sends an extra Heartbeat CALL to the CSMS after every message, even if a CALL is open.
inject: { direction: cp-to-csms, message: "x" }
  Sends an extra message to the CSMS after every message.
burst: { times: 1, gap: 10ms }
  Sends a copy with another id after every message.
set: { path: "", value: {} }
  Sets the payload to {} in every message.
remove: { path: "" }
  Sets the payload to {} in every message.
null-optional: {}
  Sets an optional member to null in every message.
too-long: { length: 60 }
  Makes a string 60 characters long in every message.
too-deep: { levels: 10, path: /a }
  Puts lists nested 10 levels deep at /a into every message.
number-form: {}
  Writes a number in an unusual form in every message.
wrong-date: {}
  Writes a date-time in a wrong form in every message.
wrong-date: { text: soon }
  Writes a date-time as "soon" in every message.
clock-skew: { by: 15m }
  Shifts all date-times forward by 15 min in every message.
json-syntax: { form: bom }
  Adds a byte order mark to every message.
schema-violation: { kind: enum }
  Breaks the schema (enum) of every message.
malformed: { kind: truncated }
  Truncates the text of every message.
malformed: { kind: invalid-utf8 }
  Puts invalid UTF-8 into every message.
`;

/** The same for a rule about StartTransaction CALLs. */
const onStart = `
inject: { direction: csms-to-cp, action: TriggerMessage, payload: { requestedMessage: Heartbeat } }
  Sends an extra TriggerMessage CALL to the charge point after every StartTransaction CALL from any charge point to the CSMS.
close: { code: 1011, reason: maintenance }
  Closes the connection with code 1011 and reason "maintenance" instead of forwarding every StartTransaction CALL from any charge point to the CSMS.
ping-flood: { n: 100, gap: 10ms }
  Sends 100 pings, 10 ms apart, after every StartTransaction CALL from any charge point to the CSMS.
latency: { ms: 300ms, jitter: 100ms, distribution: normal }
  Delays all data of the connection by 300 ms ± 100 ms (normal distribution) after every StartTransaction CALL from any charge point to the CSMS.
bandwidth: { rate: 2 }
  Applies a limit of 2 KB/s to the connection after every StartTransaction CALL from any charge point to the CSMS.
slicer: { averageSize: 8, sizeVariation: 4, delay: 5ms }
  Splits the data into small writes (8 ± 4 bytes, 5 ms apart) on the connection after every StartTransaction CALL from any charge point to the CSMS.
slow-close: { delay: 10s }
  Delays the TCP FIN by 10 s on the connection after every StartTransaction CALL from any charge point to the CSMS.
blackhole: { timeout: 0 }
  Drops all data silently on the connection after every StartTransaction CALL from any charge point to the CSMS.
half-open: { direction: cp-to-csms }
  Drops all data from the charge point to the CSMS silently on the connection after every StartTransaction CALL from any charge point to the CSMS.
reset-peer: { after: 5s }
  Resets the connection after every StartTransaction CALL from any charge point to the CSMS, 5 s later.
limit-data: { bytes: 2000, direction: csms-to-cp }
  Closes TCP without a close frame, after 2000 more bytes from the CSMS to the charge point, on the connection after every StartTransaction CALL from any charge point to the CSMS.
down: { for: 30s }
  Starts an outage of 30 s (resets the connections of all charge points, and every new one during that time) instead of forwarding every StartTransaction CALL from any charge point to the CSMS.
`;

/** The same for a rule about CALLRESULTs. */
const onResults = `
no-response: {}
  Drops every CALLRESULT.
late-response: { after: 45s }
  Delays every CALLRESULT by 45 s.
callerror: {}
  Sends CALLERROR InternalError instead of every CALLRESULT.
`;

const pairs = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/^(\S.*)\n {2}(.*)$/gm)].map(([, then = "", sentence = ""]) => [then, sentence]);

const explained = (when: string, then: string): string | undefined =>
  ruleSet(`{ id: a, ${when}then: [ { ${then} } ] }`).rules.map(explainRule)[0];

test.each(pairs(alone))("%s is explained as: %s", (then, sentence) => {
  expect(explained("", then)).toBe(sentence);
});

test.each(pairs(onStart))("%s after a StartTransaction is explained as: %s", (then, sentence) => {
  const when = "when: { action: StartTransaction, type: CALL, direction: cp-to-csms }, ";
  expect(explained(when, then)).toBe(sentence);
});

test.each(pairs(onResults))("%s on an answer is explained as: %s", (then, sentence) => {
  expect(explained("when: { type: CALLRESULT }, ", then)).toBe(sentence);
});
