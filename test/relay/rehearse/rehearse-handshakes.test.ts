import { describe, expect, test } from "vitest";
import { noBytes, text, utf8 } from "../../../src/base/bytes.js";
import type { Entry, TlsFacts } from "../../../src/cassette/format/entry.js";
import { rehearse } from "../../../src/relay/rehearse/rehearse.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { ruleSet } from "../../rules/sample.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const facts: TlsFacts = {
  version: "TLSv1.3",
  suite: "TLS_AES_128_GCM_SHA256",
  serverName: null,
  alpn: null,
  own: null,
  peer: null,
  verdict: "none-shown",
  finding: null,
};

const request = "GET /CP-1 HTTP/1.1\r\n\r\n";
const response = { raw: utf8("HTTP/1.1 101 X\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n"), hidden: [] };

/** Two connections with a message each, the second a minute after the first. */
const recording = (overTls: boolean): readonly Entry[] =>
  dialogueRecording(
    ["1 dial", '1> [2,"1","Heartbeat",{}]', "1 fin", "@60000 2 dial", '2> [2,"1","Heartbeat",{}]', "2 fin"],
    { head: request },
  ).map((entry) =>
    entry.kind === "connection-opened"
      ? { ...entry, response, from: "10.0.0.9:4711", tls: { charger: overTls ? facts : null, csms: null } }
      : entry,
  );

const beats = "{ id: beats, when: { action: Heartbeat }, then: [ delay: 1s ] }";

const rehearsed = (entries: readonly Entry[], ...rules: readonly string[]): readonly string[] =>
  [...rehearse(entries, createDecider(ruleSet(...rules), 1), ({ status }) => utf8(`${status}`))].map(
    ({ entry }) => {
      if (entry.kind === "injected") return "injected";
      if (entry.kind === "note") return `#${entry.connection} ${entry.code}: ${entry.message.split(";")[0]}`;
      const sent = entry.sent.map((copy) => text(copy).split("\r\n").at(-3) ?? text(copy));
      return entry.type === "upgrade" || entry.type === "tls"
        ? `#${entry.connection} ${entry.type} ${entry.outcome} ${sent.join()}`.trim()
        : `#${entry.connection} ${entry.action} ${entry.outcome}`;
    },
  );

describe("a rehearsal of handshakes and upgrades", () => {
  test("asks rules about every upgrade, and leaves out a connection that would have been refused", () => {
    const rule = "{ id: no, trigger: { nth: 1, per: identity }, then: [ { refuse: 503 } ] }";
    expect(rehearsed(recording(false), rule, beats)).toEqual([
      "#1 upgrade refused 503 503",
      "#1 would-not-connect: would not have opened: rule no refused 503",
      "#2 Heartbeat delayed 1000 ms",
    ]);
  });

  test("shows the answer with another subprotocol, and goes on", () => {
    expect(
      rehearsed(
        recording(false),
        "{ id: s, trigger: { first: 1, per: all }, then: [ { subprotocol: x } ] }",
        beats,
      ),
    ).toEqual([
      "#1 upgrade subprotocol x Sec-WebSocket-Protocol: x",
      "#1 Heartbeat delayed 1000 ms",
      "#2 Heartbeat delayed 1000 ms",
    ]);
  });

  test("asks rules about the identity that the upgrade names", () => {
    const rule = (identity: string): string =>
      `{ id: no, when: { identity: "${identity}" }, then: [ { handshake-stall: 0 } ] }`;
    expect(rehearsed(recording(false), rule("CP-2"), beats).length).toBe(2);
    expect(rehearsed(recording(false), rule("CP-1"), beats)[1]).toContain("would-not-connect");
  });

  test("turns charge points away while a rule has taken the listener away, and cuts open connections", () => {
    const rule = (ms: string): string =>
      `{ id: gone, trigger: { nth: 1, per: all }, when: { type: CALL }, then: [ { down: ${ms} } ] }`;
    expect(rehearsed(recording(false), rule("90s"), beats)).toEqual([
      "#1 Heartbeat down 90000 ms",
      "#1 would-be-cut: would be cut by rule gone",
      "#2 would-not-connect: would not have opened: the listener is still down by rule gone",
    ]);
    expect(rehearsed(recording(false), rule("30s"), beats).at(-1)).toBe("#2 Heartbeat delayed 1000 ms");
  });

  test("takes the listener away at an upgrade as well", () => {
    const rule = "{ id: gone, trigger: { nth: 1 , per: all}, then: [ { down: 90s } ] }";
    expect(rehearsed(recording(false), rule, beats)).toEqual([
      "#1 upgrade down 90000 ms",
      "#1 would-not-connect: would not have opened: rule gone down 90000 ms",
      "#2 would-not-connect: would not have opened: the listener is still down by rule gone",
    ]);
  });

  test("asks rules about TLS where the charge point used it, and counts for its address", () => {
    const alert = "{ id: a, trigger: { nth: 2, per: identity }, then: [ { tls-alert: handshake_failure } ] }";
    expect(rehearsed(recording(false), alert, beats).length).toBe(2);
    expect(rehearsed(recording(true), alert, beats)).toEqual([
      "#1 Heartbeat delayed 1000 ms",
      "#2 tls alerted handshake_failure",
      "#2 would-not-connect: would not have opened: rule a alerted handshake_failure",
    ]);
    const flawed = "{ id: c, trigger: { nth: 1, per: all }, then: [ { certificate: expired } ] }";
    expect(rehearsed(recording(true), flawed, beats)).toEqual([
      "#1 tls certificate expired",
      "#1 Heartbeat delayed 1000 ms",
      "#2 Heartbeat delayed 1000 ms",
    ]);
  });

  test("asks rules about attempts that failed in the recording as well", () => {
    const refused: Entry = {
      kind: "refused",
      at: 1e6,
      identity: "CP-1",
      from: "10.0.0.9:4711",
      url: null,
      by: "csms",
      status: 404,
      reason: "",
      request: { raw: utf8(request), hidden: [] },
      response: null,
      body: null,
      bodyLength: 0,
    };
    const failed: Entry = {
      kind: "handshake-failed",
      leg: "charger",
      at: 1e6,
      identity: null,
      from: "10.0.0.9:4711",
      url: null,
      hello: null,
      alert: null,
      reason: "",
      own: null,
      peer: null,
      diagnosis: "",
      octets: noBytes,
    };
    expect(
      rehearsed(
        [refused, failed, { ...failed, leg: "csms" }],
        "{ id: r, then: [ { refuse: 503 } ] }",
        "{ id: v, then: [ { tls-version: { max: 1.2 } } ] }",
      ),
    ).toEqual([
      "#0 upgrade refused 503 503",
      "#0 would-not-connect: would not have become a connection: rule r refused 503",
      "#0 tls tls-version 1.2 or older",
    ]);
  });
});
