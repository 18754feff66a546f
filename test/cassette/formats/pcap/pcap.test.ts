// Captures of the network as recordings: every frame, both heads, times, ends; and what the report says of the rest.

import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../../src/analyse/messages/messages.js";
import { sameBytes, text, utf8 } from "../../../../src/base/bytes.js";
import type { Entry } from "../../../../src/cassette/format/entry.js";
import { readCassette } from "../../../../src/cassette/format/reader.js";
import { importPcap } from "../../../../src/cassette/formats/pcap/pcap.js";
import { createHideHead } from "../../../../src/cassette/hide-secrets.js";
import { crc32 } from "../../../../src/io/platform/digests.js";
import { inflate } from "../../../../src/io/platform/inflate.js";
import { encodeFrame, type FrameParts } from "../../../../src/wire/websocket/frame.js";
import {
  Conversation,
  linkHeaders,
  type Packet,
  pcapFile,
  pcapngFile,
} from "../../../support/cassettes/captures.js";
import { cassetteBytes } from "../../../support/cassettes/cassette-bytes.js";

const context = {
  salt: () => 11,
  wall: "2026-01-01T00:00:00.000Z",
  tool: "test",
  hideHead: createHideHead(() => "hash"),
};
const mask = Uint8Array.of(1, 2, 3, 4);
const up = (parts: FrameParts): Uint8Array => encodeFrame({ ...parts, mask });
const call = up({ opcode: 1, payload: utf8('[2,"1","Heartbeat",{}]') });
const answer = encodeFrame({ opcode: 1, payload: utf8('[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]') });

const dialogue = (identity?: string): Conversation =>
  new Conversation()
    .open()
    .upgrade(identity)
    .say("charger", call)
    .say("csms", answer)
    .say("charger", up({ opcode: 9, payload: utf8("p") }))
    .say("csms", encodeFrame({ opcode: 10, payload: utf8("p") }))
    .say("charger", up({ opcode: 8, payload: Uint8Array.of(3, 232) }))
    .end("charger")
    .end("csms");

const read = (bytes: Uint8Array): ReturnType<typeof importPcap> =>
  importPcap([{ name: "a.pcap", bytes }], context);

const entriesOf = (bytes: Uint8Array): readonly Entry[] => read(bytes).recordings[0]?.entries ?? [];

const textsOf = (entries: readonly Entry[]): readonly (string | undefined)[] =>
  messagesOf(entries, inflate)
    .filter(({ kind }) => kind === "message")
    .map((message) => message.text);

describe("a whole connection", () => {
  const entries = entriesOf(pcapFile(dialogue().packets));

  test("becomes a recording that reads whole and knows everything", () => {
    expect(readCassette(cassetteBytes(entries, 11), crc32)).toMatchObject({ state: "whole", findings: [] });
    expect(entries[0]).toMatchObject({
      capture: "wire",
      source: "import pcap",
      identity: "CP1",
      csms: "ws://csms.test:9000/ocpp",
      startedAt: "2023-11-14T22:13:20.005Z",
      unknown: [],
    });
  });

  test("has its heads without secrets, its frames as they were, its times and its ends", () => {
    const [opened] = entries.filter((entry) => entry.kind === "connection-opened");
    expect(opened).toMatchObject({
      from: "192.0.2.10:50000",
      url: "ws://csms.test:9000/ocpp/CP1",
      subprotocol: "ocpp1.6",
    });
    expect(text(opened?.request?.raw ?? new Uint8Array(0))).toContain("Authorization: Basic [hidden]\r\n");
    const frames = entries.filter((entry) => entry.kind === "frame");
    expect(frames.map(({ rx, seen }) => [(rx ?? 0) / 1e6, seen])).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 2],
    ]);
    expect(sameBytes(frames[0]?.raw ?? new Uint8Array(0), call)).toBe(true);
    expect(entries.at(-2)).toMatchObject({
      kind: "connection-closed",
      ends: [
        { by: "charger", how: "end", at: 6e6 },
        { by: "csms", how: "end", at: 7e6 },
      ],
    });
  });
});

test.each(Object.entries(linkHeaders))("reads captures of %s, IPv4 and IPv6", (_, { link, bytes }) => {
  const { packets } = dialogue();
  expect(textsOf(entriesOf(pcapFile(packets, { link, before: bytes })))).toHaveLength(2);
  if (link === 101)
    expect(textsOf(entriesOf(pcapFile(packets, { link, before: [], version: 6 })))).toHaveLength(2);
});

test("inflates compressed messages whose window goes on from one to the next", () => {
  const body = '[2,"1","DataTransfer",{"vendorId":"a vendor with a long name"}]';
  const first = deflateRawSync(body, { finishFlush: 2 }).subarray(0, -4);
  const second = deflateRawSync(body, { finishFlush: 2, dictionary: Buffer.from(body) }).subarray(0, -4);
  const { packets } = new Conversation()
    .open()
    .upgrade("CP1", "Sec-WebSocket-Extensions: permessage-deflate\r\n")
    .say("charger", up({ opcode: 1, rsv: 4, payload: new Uint8Array(first) }))
    .say("charger", up({ opcode: 1, rsv: 4, payload: new Uint8Array(second) }));
  expect(second.length).toBeLessThan(first.length / 2);
  expect(textsOf(entriesOf(pcapngFile(packets)))).toEqual([body, body]);
});

test("a hole becomes a gap, and nothing that refers to what is missing is inflated wrongly", () => {
  const { packets } = dialogue();
  const without = packets.filter(({ segment }) => segment.payload.length !== call.length);
  const { recordings, report } = read(pcapFile(without));
  const entries = recordings[0]?.entries ?? [];
  expect(entries.find(({ kind }) => kind === "gap")).toMatchObject({ octets: call.length });
  expect(entries[0]).toMatchObject({ unknown: ["exact-bytes"] });
  expect(textsOf(entries)).toHaveLength(1);
  expect(report.facts).toMatchObject({ missingOctets: call.length });
});

test("a capture that began late knows neither handshake nor identity, and takes one that is given", () => {
  const bytes = pcapFile(dialogue().packets.slice(5, -2));
  const [recording] = read(bytes).recordings;
  expect(recording?.name).toBe("unknown-192.0.2.10");
  expect(recording?.entries[0]).toMatchObject({ unknown: ["handshake", "ends"] });
  expect(textsOf(recording?.entries ?? [])).toHaveLength(2);
  const named = importPcap([{ name: "a", bytes }], { ...context, identity: "CP7" });
  expect(named.recordings[0]?.name).toBe("CP7");
});

test("a reconnect is a second connection of the same recording, other identities have their own", () => {
  const move = (packets: readonly Packet[], port: number, at: number): readonly Packet[] =>
    packets.map(({ at: time, segment }) => {
      const { from, to } = segment;
      const other = (end: typeof from): typeof from => (end.port === 9000 ? end : { ...end, port });
      return { at: time + at, segment: { ...segment, from: other(from), to: other(to) } };
    });
  const files = [
    move(dialogue("CP1").packets, 50_002, 60_000_000),
    move(dialogue("CP2").packets, 50_001, 500),
    dialogue("CP1").packets,
  ].map((packets, i) => ({ name: `${i}.pcap`, bytes: pcapFile(packets) }));
  const { recordings, report } = importPcap(files, context);
  expect(report.facts).toMatchObject({ websocket: 3, identities: 2 });
  const [first] = recordings;
  expect(first?.name).toBe("CP1");
  const opened = first?.entries.filter((entry) => entry.kind === "connection-opened") ?? [];
  expect(opened.map(({ connection, from, at }) => [connection, from, at])).toEqual([
    [1, "192.0.2.10:50000", 0],
    [2, "192.0.2.10:50002", 60e9],
  ]);
});

test("TLS, HTTP and the rest are counted and said", () => {
  const hello = new Conversation()
    .open()
    .say("charger", utf8("\u0016\u0003\u0001\u0002\u0000\u0001")).packets;
  const { recordings, report } = read(pcapFile(hello));
  expect(recordings).toEqual([]);
  expect(report.facts).toMatchObject({ tls: 1, websocket: 0 });
  expect(report.remarks.join()).toMatch(/encrypted with TLS/);
});

test("a refused upgrade is on the recording, with its answer", () => {
  const request = "GET /CP9 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n";
  const { packets } = new Conversation()
    .open()
    .say("charger", utf8(request))
    .say("csms", utf8("HTTP/1.1 404 Not Found\r\n\r\nnobody"));
  const [recording] = read(pcapFile(packets)).recordings;
  expect(recording?.name).toBe("CP9");
  expect(recording?.entries[2]).toMatchObject({
    kind: "refused",
    status: 404,
    body: utf8("nobody"),
    by: "csms",
  });
});

test("every cut of a capture gives the beginning of the same messages", () => {
  const whole = pcapFile(dialogue().packets);
  const all = textsOf(entriesOf(whole));
  for (let length = 0; length < whole.length; length += 7) {
    const found = textsOf(entriesOf(whole.subarray(0, length)));
    expect(all.slice(0, found.length)).toEqual(found);
  }
});

test("changed bytes never make it throw, and what is made is a recording that reads whole", () => {
  const whole = pcapFile(dialogue().packets);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
      const bytes = whole.slice();
      for (const [at, value] of changes) bytes[at] = value;
      for (const { entries } of read(bytes).recordings)
        expect(readCassette(cassetteBytes(entries, 11), crc32)).toMatchObject({
          state: "whole",
          findings: [],
        });
    }),
    { numRuns: 300 },
  );
});
