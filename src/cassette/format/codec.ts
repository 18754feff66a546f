// An entry -> its record (docs/reference/cassette-format.md):
//
//   sync(2) | type(1) | flags(1) | length u32 BE | crc32 u32 BE | body(length)
//
// The checksum covers the first 8 bytes and the body and starts from the file's salt, so that a record of
// another file inside a payload is never taken for one of ours. Knows nothing of files.

import { packBody } from "./body.js";
import type { Entry, FrameEntry } from "./entry.js";
import { frameBodyOverhead, putFrameBody } from "./frame-body.js";
import { recordTypes } from "./record-type.js";

/** The CRC-32 (zlib's) of the bytes, started from an earlier value. */
export type Crc32 = (bytes: Uint8Array, start: number) => number;

/** First 8 bytes of every cassette: no text, and broken by every conversion of line ends. */
export const magic: Uint8Array = Uint8Array.of(0x89, 0x56, 0x43, 0x52, 0x0d, 0x0a, 0x1a, 0x0a);

/** First two bytes of every record; the first occurs neither in UTF-8 nor as a msgpack type. */
export const sync: readonly [number, number] = [0xc1, 0xfe];

/** Bytes in front of a body. */
export const recordHeaderLength = 12;

/** The version of the format that is written. */
export const formatVersion = 1;

const putU32 = (to: Uint8Array, at: number, value: number): void => {
  to[at] = value >>> 24;
  to[at + 1] = (value >>> 16) & 0xff;
  to[at + 2] = (value >>> 8) & 0xff;
  to[at + 3] = value & 0xff;
};

/** Fills in the header of a record whose body is written already. */
const seal = (to: Uint8Array, at: number, end: number, type: number, salt: number, crc32: Crc32): void => {
  const bodyAt = at + recordHeaderLength;
  to[at] = sync[0];
  to[at + 1] = sync[1];
  to[at + 2] = type;
  to[at + 3] = 0;
  putU32(to, at + 4, end - bodyAt);
  putU32(to, at + 8, crc32(to.subarray(bodyAt, end), crc32(to.subarray(at, at + 8), salt)));
};

/** The most bytes that the record of a frame can take. */
export function frameRecordBound(frame: FrameEntry): number {
  return recordHeaderLength + frameBodyOverhead + frame.raw.length;
}

/** Writes the record of a frame without `loggedAt` at `at` and returns where it ends; there must be room for its bound. */
export function putFrameRecord(
  to: Uint8Array,
  at: number,
  frame: FrameEntry,
  salt: number,
  crc32: Crc32,
): number {
  const end = putFrameBody(to, at + recordHeaderLength, frame);
  seal(to, at, end, recordTypes.frame, salt, crc32);
  return end;
}

/** The record of an entry. */
export function encodeRecord(entry: Entry, salt: number, crc32: Crc32): Uint8Array {
  if (entry.kind === "frame" && entry.loggedAt === undefined) {
    const room = new Uint8Array(frameRecordBound(entry));
    return room.subarray(0, putFrameRecord(room, 0, entry, salt, crc32));
  }
  const body = packBody(entry);
  const record = new Uint8Array(recordHeaderLength + body.length);
  record.set(body, recordHeaderLength);
  seal(record, 0, record.length, recordTypes[entry.kind], salt, crc32);
  return record;
}
