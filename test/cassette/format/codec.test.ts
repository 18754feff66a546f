// Records: the header, the checksum's salt, and the hand-made way of a frame against the general one.
import fc from "fast-check";
import { Unpackr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { hex } from "../../../src/base/bytes.js";
import { packBody } from "../../../src/cassette/format/body.js";
import {
  encodeRecord,
  frameRecordBound,
  putFrameRecord,
  recordHeaderLength,
} from "../../../src/cassette/format/codec.js";
import type { FrameEntry } from "../../../src/cassette/format/entry.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { anyEntry, anyOfKind, fromCharger } from "../../support/cassettes/entries.js";

describe("encodeRecord", () => {
  test("writes sync, type, flags, length, checksum and body", () => {
    const record = encodeRecord({ kind: "marker", at: 7, text: "hi" }, 0, crc32);
    expect(hex(record)).toBe(`c1fe0c000000000d${hex(record.subarray(8, 12))}82a2617407a474657874a26869`);
    const body = record.subarray(12);
    expect(new DataView(record.buffer, record.byteOffset + 8).getUint32(0)).toBe(
      crc32(body, crc32(record.subarray(0, 8), 0)),
    );
  });

  test("starts the checksum from the salt", () => {
    const entry = fromCharger("[]");
    expect(encodeRecord(entry, 1, crc32)).not.toEqual(encodeRecord(entry, 2, crc32));
  });

  test("writes bodies that msgpackr reads back", () => {
    const unpackr = new Unpackr({ useRecords: false });
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const read = unpackr.unpack(encodeRecord(entry, 0, crc32).subarray(recordHeaderLength));
        const { kind: _, ...fields } = entry;
        expect(sorted(read)).toEqual(sorted(fields));
      }),
    );
  });
});

/** The value with bytes as lists, for comparing. */
const sorted = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, sorted(member)]));
};

describe("putFrameRecord", () => {
  const bodyOf = (frame: FrameEntry): Uint8Array => {
    const room = new Uint8Array(frameRecordBound(frame) + 3);
    return room.subarray(3 + recordHeaderLength, putFrameRecord(room, 3, frame, 5, crc32));
  };

  test("gives the bytes that the general way gives", () => {
    fc.assert(
      fc.property(anyOfKind("frame"), (entry) => {
        const { loggedAt: _, ...frame } = entry as FrameEntry;
        expect(hex(bodyOf(frame))).toBe(hex(packBody(frame)));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([0, 255, 256, 65_535, 65_536, 70_000])("gives the same bytes for a payload of %i", (length) => {
    const frame = fromCharger("", { raw: new Uint8Array(length).fill(7) });
    expect(hex(bodyOf(frame))).toBe(hex(packBody(frame)));
  });

  test.each([
    -1,
    -32,
    -33,
    -128,
    -129,
    -32_768,
    -32_769,
    -(2 ** 31),
    -(2 ** 31) - 1,
    2 ** 32 - 1,
    2 ** 32,
    0.5,
  ])("gives the same bytes for the time %d", (rx) => {
    const frame = fromCharger("x", { rx });
    expect(hex(bodyOf(frame))).toBe(hex(packBody(frame)));
  });
});
