// Entries for tests: a small dialogue, and arbitrary entries of every kind for property tests.
import fc from "fast-check";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry, FrameEntry, SessionEntry } from "../../../src/cassette/format/entry.js";
import { type Fields, type Shape, shapes } from "../../../src/cassette/format/shape.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";

/** A session entry with all its fields. */
export const session: SessionEntry = {
  kind: "session",
  format: 1,
  salt: 0xdecafbad,
  startedAt: "2026-01-02T03:04:05.678Z",
  identity: "CP-0001",
  capture: "wire",
  source: "record",
  tool: "ocpp-vcr 0.1.0",
  csms: "ws://127.0.0.1:9000/ocpp",
  seed: null,
  rules: null,
};

/** A text frame of the charger, masked. */
export function fromCharger(message: string, over: Partial<FrameEntry> = {}): FrameEntry {
  const raw = encodeFrame({ opcode: 1, payload: utf8(message), mask: Uint8Array.of(1, 2, 3, 4) });
  return { kind: "frame", connection: 1, direction: "cp-to-csms", rx: 1000, tx: 2000, seen: 0, raw, ...over };
}

/** A text frame of the CSMS. */
export function fromCsms(message: string, over: Partial<FrameEntry> = {}): FrameEntry {
  const raw = encodeFrame({ opcode: 1, payload: utf8(message) });
  return { kind: "frame", connection: 1, direction: "csms-to-cp", rx: 3000, tx: 4000, seen: 1, raw, ...over };
}

/** The recording of a short dialogue, closed properly. */
export function smallRecording(exchanges = 16): readonly Entry[] {
  const head = (text: string) => ({ raw: utf8(text), hidden: [] });
  const frames: Entry[] = [];
  for (let i = 0; i < exchanges; i++) {
    const at = 10_000_000_000 * (i + 1);
    frames.push(fromCharger(`[2,"m${i}","Heartbeat",{}]`, { rx: at, tx: at + 50_000, seen: i }));
    frames.push(
      fromCsms(`[3,"m${i}",{"currentTime":"2026-01-02T03:04:05Z"}]`, { rx: at + 1e6, tx: null, seen: i + 1 }),
    );
  }
  const entries: Entry[] = [
    session,
    { kind: "checkpoint", at: 0, wall: session.startedAt, salt: session.salt, entries: 1 },
    {
      kind: "connection-opened",
      connection: 1,
      ordinal: 1,
      at: 5_000_000,
      identity: "CP-0001",
      from: "127.0.0.1:50000",
      url: "ws://127.0.0.1:9000/ocpp/CP-0001",
      subprotocol: "ocpp1.6",
      request: head("GET /ocpp/CP-0001 HTTP/1.1\r\nHost: a\r\n\r\n"),
      response: head("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
    },
    ...frames,
    { kind: "note", connection: 1, at: 6_000_000_000, code: "example", message: "a note" },
    { kind: "connection-closed", connection: 1, at: 7e12, ends: [{ by: "charger", how: "end", at: 7e12 }] },
  ];
  return [...entries, { kind: "end", at: 8e12, wall: "2026-01-02T04:04:05Z", entries: entries.length }];
}

const bytes = fc.uint8Array({ maxLength: 600 });
const numbers = fc.oneof(
  fc.nat(300),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

const arbitraryOf = (shape: Shape): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case "text":
      return fc.string({ unit: "grapheme", maxLength: 80 });
    case "count":
      return fc.oneof(fc.nat(70_000), fc.maxSafeNat());
    case "number":
      return numbers;
    case "bytes":
      return bytes;
    case "word":
      return fc.constantFrom(...shape.words);
    case "list":
      return fc.array(arbitraryOf(shape.of), { maxLength: 4 });
    case "object":
      return recordOf(shape.fields);
    case "or-null":
      return fc.option(arbitraryOf(shape.of));
    case "optional":
      return arbitraryOf(shape.of);
  }
};

const recordOf = (fields: Fields): fc.Arbitrary<Record<string, unknown>> => {
  const models = Object.fromEntries(
    Object.entries(fields).map(([name, shape]) => [name, arbitraryOf(shape)]),
  );
  const requiredKeys = Object.keys(fields).filter((name) => fields[name]?.kind !== "optional");
  return fc.record(models, { requiredKeys, noNullPrototype: true });
};

/** Any entry of this kind. */
export function anyOfKind(kind: Entry["kind"]): fc.Arbitrary<Entry> {
  return recordOf(shapes[kind]).map((fields) => ({ ...fields, kind }) as unknown as Entry);
}

/** Any entry. */
export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  ...(Object.keys(shapes) as Entry["kind"][]).map(anyOfKind),
);
