// The preflight of a replay.
import { describe, expect, test } from "vitest";
import { fromLatin1 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import { type Preflight, preflightOf } from "../../../src/replay/plan/preflight.js";
import { dialogueRecording, type RecordingOptions } from "../../support/cassettes/dialogue-recording.js";

const look = (entries: readonly Entry[]): Preflight => preflightOf(compilePlan(entries), entries);
const lookAt = (script: readonly string[], options: RecordingOptions = {}): Preflight =>
  look(dialogueRecording(script, options));

const opened = (changes: Partial<Extract<Entry, { kind: "connection-opened" }>>): readonly Entry[] =>
  dialogueRecording(["1 dial", "1 reset"], {
    head: "GET /CP HTTP/1.1\r\nHost: a\r\nAuthorization: Basic [hidden]\r\n\r\n",
  }).map((entry) => (entry.kind === "connection-opened" ? { ...entry, ...changes } : entry));

const facts = {
  version: "TLSv1.3",
  suite: "",
  serverName: null,
  alpn: null,
  own: null,
  peer: null,
  verdict: "verified",
  finding: null,
} as const;

const certificate = {
  subject: "",
  issuer: "",
  serial: "",
  fingerprint: "",
  notBefore: "",
  notAfter: "",
  names: [],
};

describe("a preflight", () => {
  test("a preflight lists tags, connectors, serial numbers, calls to make and the duration", () => {
    const found = lookAt([
      "1 dial",
      '@10 1> [2,"1","BootNotification",{"chargePointSerialNumber":"S1","chargeBoxSerialNumber":"S2"}]',
      '1> [2,"2","StatusNotification",{"connectorId":2}]',
      '1> [2,"3","Authorize",{"idTag":"T"}]',
      '1< [2,"r1","RemoteStartTransaction",{"idTag":"T"}]',
      '1< [2,"r2","RemoteStartTransaction",{"idTag":"U"}]',
      '1< [2,"r3","Reset",{"type":"Soft"}]',
      '1> [2,"4","StatusNotification",{"evseId":1,"connectorId":0}]',
      "@1010 1 close",
    ]);
    expect(found).toMatchObject({
      identity: "CP-1",
      connections: 1,
      subprotocols: ["ocpp1.6"],
      idTags: ["T"],
      connectors: [1, 2],
      serialNumbers: ["S1", "S2"],
      callsToMake: [
        { action: "RemoteStartTransaction", count: 2, about: ['{"idTag":"T"}', '{"idTag":"U"}'] },
        { action: "Reset", count: 1, about: ['{"type":"Soft"}'] },
      ],
      durationNs: 1009e6,
      notReproduced: [],
    });
  });

  test("a preflight lists the 1.6 transactions that are open before and after the recording", () => {
    const found = lookAt([
      "1 dial",
      '1> [2,"1","StopTransaction",{"transactionId":11}]',
      '1> [2,"2","StartTransaction",{}]',
      '1< [3,"2",{"transactionId":12}]',
      '1> [2,"3","StopTransaction",{"transactionId":12}]',
      '1> [2,"4","StartTransaction",{}]',
      '1< [3,"4",{"transactionId":13}]',
      '1> [2,"5","MeterValues",{"transactionId":13}]',
      '1> [2,"6","StartTransaction",{}]',
    ]);
    expect(found.transactions).toEqual({
      openAtStart: ["11"],
      openAtEnd: ["13", "StartTransaction 6, which has no answer"],
    });
  });

  test("a preflight lists the 2.x transactions that are open before and after the recording", () => {
    const event = (id: string, transaction: string, type: string): string =>
      `1> [2,"${id}","TransactionEvent",{"eventType":"${type}","transactionInfo":{"transactionId":"${transaction}"}}]`;
    const found = lookAt(
      [
        "1 dial",
        event("1", "A", "Updated"),
        event("2", "A", "Ended"),
        event("3", "B", "Started"),
        event("4", "C", "Started"),
        event("5", "C", "Ended"),
      ],
      { subprotocol: "ocpp2.0.1" },
    );
    expect(found.transactions).toEqual({ openAtStart: ["A"], openAtEnd: ["B"] });
  });

  test("a preflight has the security profile of the recording", () => {
    const profile = (changes: Parameters<typeof opened>[0]): unknown =>
      look(opened(changes)).security.profile;
    expect(profile({})).toBeNull();
    expect(profile({ url: "ws://a/CP" })).toBe(1);
    expect(profile({ url: "wss://a/CP" })).toBe(2);
    expect(profile({ tls: { charger: null, csms: facts } })).toBe(2);
    expect(profile({ tls: { charger: null, csms: { ...facts, own: certificate } } })).toBe(3);
    const bare = { raw: fromLatin1("GET /CP HTTP/1.1\r\nHost: a\r\n\r\n"), hidden: [] };
    expect(profile({ url: "ws://a/CP", request: bare })).toBe(0);
    expect(look(opened({})).security).toMatchObject({ authorization: "basic", tls: null });
  });

  test("a preflight lists the places of removed values", () => {
    expect(look(opened({})).redacted).toEqual(["Authorization of the upgrade"]);
    const hidden = [{ field: "Cookie", scheme: null, length: 3, hash: "" }];
    expect(look(opened({ request: { raw: fromLatin1("GET / HTTP/1.1\r\n\r\n"), hidden } })).redacted).toEqual(
      ["Cookie of the upgrade"],
    );
    expect(lookAt(["1 dial", '1> [2,"1","Authorize",{"idTag":"[hidden]"}]']).redacted).toEqual([
      "/idTag of Authorize",
    ]);
  });

  test("a preflight lists what a replay does not repeat", () => {
    const compressed = fromLatin1("HTTP/1.1 101 x\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    const entries: readonly Entry[] = [
      ...opened({ response: { raw: compressed, hidden: [] } }).map((entry) =>
        entry.kind === "session" ? { ...entry, capture: "messages" as const } : entry,
      ),
      { kind: "gap", from: 0, to: 1, entries: 1, octets: 1, why: "disk" },
    ];
    const told = look(entries).notReproduced.join("\n");
    expect(told).toContain("messages only");
    expect(told).toContain("compression");
    expect(told).toContain("1 gaps");
    expect(lookAt(["1 dial", "1> hex:890401020304", "1 reset"]).notReproduced[0]).toContain("pings");
  });

  test("a preflight takes payloads of any shape", () => {
    const script = ["[]", "null", "7", '{"evse":null,"connectorId":"x","transactionInfo":[]}'].map(
      (payload, i) => `1> [2,"${i}","TransactionEvent",${payload}]`,
    );
    expect(lookAt(["1 dial", ...script]).transactions).toEqual({ openAtStart: [], openAtEnd: [] });
  });
});
