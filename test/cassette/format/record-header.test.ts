// Headers are read and never believed.
import { describe, expect, test } from "vitest";
import { encodeRecord } from "../../../src/cassette/format/codec.js";
import { fits, readRecordHeader } from "../../../src/cassette/format/record-header.js";
import { crc32 } from "../../../src/io/platform/digests.js";

const record = encodeRecord({ kind: "marker", at: 1, text: "x" }, 7, crc32);

describe("readRecordHeader", () => {
  test("reads where a record ends by its own word", () => {
    expect(readRecordHeader(record, 0)).toMatchObject({ type: 12, flags: 0, end: record.length });
    const huge = record.slice();
    huge.fill(0xff, 4, 8);
    expect(readRecordHeader(huge, 0)?.end).toBe(12 + 0xffffffff);
  });

  test("reads nothing without sync, or before 12 bytes are there", () => {
    expect(readRecordHeader(record, 1)).toBeUndefined();
    expect(readRecordHeader(record.subarray(0, 11), 0)).toBeUndefined();
  });
});

describe("fits", () => {
  const header = readRecordHeader(record, 0)!;

  test("is true of a whole record under its salt alone", () => {
    expect(fits(record, 0, header, 7, crc32)).toBe(true);
    expect(fits(record, 0, header, 8, crc32)).toBe(false);
    expect(fits(record.subarray(0, -1), 0, header, 7, crc32)).toBe(false);
  });
});
