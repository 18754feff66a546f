// Reading cassettes: whole ones, cut ones, damaged ones, hostile ones.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { Packr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../src/base/bytes.js";
import { encodeRecord, magic, recordHeaderLength } from "../../../src/cassette/format/codec.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { type CassetteContents, readCassette } from "../../../src/cassette/format/reader.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { anyEntry, fromCharger, session, smallRecording } from "../../support/cassettes/entries.js";

const read = (bytes: Uint8Array): CassetteContents => readCassette(bytes, crc32);
const entriesOf = (cassette: CassetteContents): readonly Entry[] =>
  cassette.entries.map(({ entry }) => entry);
const codes = (cassette: CassetteContents): readonly string[] => cassette.findings.map(({ code }) => code);
const plain = (entries: readonly Entry[]): unknown =>
  JSON.parse(JSON.stringify(entries, (_, value) => (value instanceof Uint8Array ? [...value] : value)));

/** A record of any type with any body, its checksum right. */
const record = (type: number, body: Uint8Array, salt = session.salt, flags = 0): Uint8Array => {
  const out = concat([Uint8Array.of(0xc1, 0xfe, type, flags, 0, 0, 0, 0, 0, 0, 0, 0), body]).slice();
  const view = new DataView(out.buffer);
  view.setUint32(4, body.length);
  view.setUint32(8, crc32(body, crc32(out.subarray(0, 8), salt)));
  return out;
};

const opening = cassetteBytes(smallRecording(0).slice(0, 3));

describe("readCassette on whole cassettes", () => {
  test("gives back what was written", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 12 }), fc.nat(0xffffffff), (others, salt) => {
        const entries: readonly Entry[] = [
          { ...session, salt },
          ...others.filter(({ kind }) => kind !== "session"),
        ];
        const cassette = read(cassetteBytes(entries, salt));
        expect(plain(entriesOf(cassette))).toEqual(plain(entries));
        expect(cassette.findings.filter((finding) => finding.damage)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("calls a cassette with its end whole, and one without unfinished", () => {
    const entries = smallRecording();
    expect(read(cassetteBytes(entries)).state).toBe("whole");
    expect(read(cassetteBytes(entries.slice(0, -1)))).toMatchObject({ state: "unfinished", findings: [] });
  });

  test("says where each record lies", () => {
    const bytes = cassetteBytes(smallRecording());
    const { entries } = read(bytes);
    expect(entries[0]?.offset).toBe(magic.length);
    for (const [i, { offset, length }] of entries.entries())
      expect(entries[i + 1]?.offset ?? bytes.length).toBe(offset + length);
  });
});

describe("readCassette on damaged cassettes", () => {
  const entries = smallRecording();
  const bytes = cassetteBytes(entries);
  const whole = read(bytes).entries;

  test("gives exactly the whole records before a cut at any byte", () => {
    for (let cut = 0; cut < bytes.length; cut++) {
      const cassette = read(bytes.subarray(0, cut));
      const before = whole.filter(({ offset, length }) => offset + length <= cut);
      expect(isDeepStrictEqual(cassette.entries, before), `cut at ${cut}`).toBe(true);
      const atBoundary = before.length > 0 && before.at(-1)!.offset + before.at(-1)!.length === cut;
      expect(cassette.state, `cut at ${cut}`).toBe(atBoundary ? "unfinished" : "torn");
    }
  });

  test("loses at most the record that a flipped bit hit, and never gives a wrong one", () => {
    const wanted = JSON.stringify(plain(entries));
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (at % 8);
      const cassette = read(flipped);
      const left = whole.filter(({ offset, length }) => at < offset || at >= offset + length);
      expect(isDeepStrictEqual(cassette.entries, left), `bit of byte ${at}`).toBe(true);
      const told = cassette.findings.some(({ offset, length }) => offset <= at && at < offset + length);
      expect(told && (cassette.state === "damaged" || cassette.state === "torn"), `bit of byte ${at}`).toBe(
        true,
      );
    }
    expect(JSON.stringify(plain(entries))).toBe(wanted);
  });

  test("keeps everything but the session when the session is hit", () => {
    const flipped = bytes.slice();
    flipped[magic.length + 40]! ^= 16;
    const cassette = read(flipped);
    expect(cassette.entries.length).toBe(whole.length - 1);
    expect(codes(cassette)).toEqual(["damaged", "no-session"]);
  });

  test("finds the records behind a wrong beginning", () => {
    const cassette = read(concat([utf8("hello world"), bytes.subarray(magic.length)]));
    expect(cassette.entries.length).toBe(whole.length);
    expect(codes(cassette)).toEqual(["magic"]);
    expect(cassette.state).toBe("damaged");
  });

  test("calls room that was never written to a torn end", () => {
    expect(read(concat([bytes.subarray(0, -20), new Uint8Array(4096)])).state).toBe("damaged");
    expect(read(concat([bytes, new Uint8Array(4096)])).state).toBe("torn");
  });
});

describe("readCassette on records inside payloads", () => {
  const foreign = cassetteBytes(
    smallRecording().map((entry) => ("salt" in entry ? { ...entry, salt: 99 } : entry)),
    99,
  );
  const carrier = fromCharger("", { raw: foreign });
  const bytes = cassetteBytes([...smallRecording(0).slice(0, 3), carrier, ...smallRecording(0).slice(3)]);

  test("never takes a record of another file for its own", () => {
    for (let at = magic.length; at < bytes.length; at += 7) {
      const flipped = bytes.slice();
      flipped[at]! ^= 4;
      const kinds = entriesOf(read(flipped)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "frame").length).toBeLessThanOrEqual(1);
      expect(kinds.length).toBeGreaterThanOrEqual(smallRecording(0).length);
    }
  });

  test("finds its own salt when session and first checkpoint are lost", () => {
    const later = { kind: "checkpoint", at: 1, wall: "", salt: session.salt, entries: 5 } as const;
    const cassette = concat([cassetteBytes([...smallRecording(0).slice(0, 3), carrier, later])]).slice();
    const second = read(cassette).entries[1]!;
    cassette[magic.length + 30]! ^= 1;
    cassette[second.offset + 30]! ^= 1;
    expect(read(cassette)).toMatchObject({ salt: session.salt, entries: { length: 3 } });
  });
});

describe("readCassette on hostile files", () => {
  const hostile = (body: Uint8Array, type = 12): CassetteContents =>
    read(concat([opening, record(type, body)]));
  const packr = new Packr({ useRecords: false, structuredClone: true, moreTypes: true });

  test.each([
    ["a list of 2^32 elements", Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ["a map of 2^32 pairs", Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
    ["a text of 2^32 bytes", Uint8Array.of(0x81, 0xdb, 0xff, 0xff, 0xff, 0xff)],
    ["bytes that end too early", Uint8Array.of(0x81, 0xa1, 0x61, 0xc6, 0, 0, 1, 0)],
    ["100,000 levels", new Uint8Array(100_000).fill(0x91)],
    ["an extension", Uint8Array.of(0x81, 0xa1, 0x61, 0xd4, 0x72, 0x40)],
    ["a class", packr.pack({ at: new Date(0), text: new Set([1]) })],
    ["a key twice", Uint8Array.of(0x82, 0xa1, 0x61, 1, 0xa1, 0x61, 2)],
    ["a key that is no text", Uint8Array.of(0x81, 1, 1)],
    ["a text that is no UTF-8", Uint8Array.of(0x81, 0xa1, 0xff, 1)],
    ["nothing", new Uint8Array(0)],
    ["more than a map", Uint8Array.of(0x80, 0x80)],
    ["missing fields", packr.pack({ at: 1 })],
    ["wrong types", packr.pack({ at: "1", text: 1 })],
    ["no finite number", packr.pack({ at: Number.NaN, text: "" })],
  ])("tells a body with %s", (_, body) => {
    const cassette = hostile(body);
    expect(codes(cassette)).toEqual(["body"]);
    expect(cassette).toMatchObject({ state: "damaged", entries: { length: 3 } });
  });

  test("takes keys of prototypes as plain data", () => {
    const cassette = hostile(
      Uint8Array.of(
        0x83,
        0xa2,
        0x61,
        0x74,
        1,
        0xa4,
        ...utf8("text"),
        0xa0,
        0xa9,
        ...utf8("__proto__"),
        0x81,
        0xa1,
        0x78,
        1,
      ),
    );
    expect(entriesOf(cassette).at(-1)).toEqual({ kind: "marker", at: 1, text: "" });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("passes over types and flags of later versions", () => {
    const cassette = read(
      concat([opening, record(99, Uint8Array.of(1)), record(12, Uint8Array.of(0x80), session.salt, 1)]),
    );
    expect(codes(cassette)).toEqual(["unknown-record", "unknown-record"]);
    expect(cassette.state).toBe("unfinished");
  });

  test("says that a file was made by a newer version", () => {
    const cassette = read(cassetteBytes([{ ...session, format: 2 }, ...smallRecording().slice(1)]));
    expect(cassette.findings).toMatchObject([{ code: "newer-format", damage: false }]);
  });

  test("says what is no cassette", () => {
    expect(codes(read(utf8('[2,"1","Heartbeat",{}]')))).toEqual(["not-a-cassette"]);
    expect(codes(read(concat([magic, utf8("something else altogether")])))).toEqual(["damaged"]);
    expect(read(magic).state).toBe("torn");
  });

  test("reads as many entries as are allowed", () => {
    const bytes = cassetteBytes(smallRecording());
    const cassette = readCassette(bytes, crc32, { entries: 5, findings: 10 });
    expect(cassette.entries.length).toBe(5);
    expect(codes(cassette)).toEqual(["too-many"]);
  });

  test("never throws on garbage", () => {
    const mixed = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constant(Uint8Array.of(0xc1, 0xfe, 3, 0)),
        fc.constant(opening),
      ),
    );
    fc.assert(
      fc.property(mixed, fc.boolean(), (parts, withMagic) => {
        const cassette = read(concat([withMagic ? magic : new Uint8Array(0), ...parts]));
        expect(cassette.entries.length).toBeLessThan(1000);
      }),
      { numRuns: 500 },
    );
  });

  test("gives up the search where every byte pretends to begin a record", () => {
    const header = Uint8Array.of(0xc1, 0xfe, 3, 0, 0, 0x20, 0, 0, 1, 2, 3, 4);
    const bomb = new Uint8Array(0x40_0000);
    for (let at = 0; at + 12 <= bomb.length; at += 12) bomb.set(header, at);
    const cassette = read(concat([opening, bomb]));
    expect(cassette).toMatchObject({ state: "damaged", entries: { length: 3 } });
  });

  test("never believes a record whose salt differs", () => {
    const other = encodeRecord({ kind: "marker", at: 0, text: "" }, session.salt - 1, crc32);
    expect(other.length).toBeGreaterThan(recordHeaderLength);
    expect(
      read(concat([opening, other, cassetteBytes(smallRecording()).subarray(magic.length)])).entries.some(
        ({ entry }) => entry.kind === "marker",
      ),
    ).toBe(false);
  });
});
