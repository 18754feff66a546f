// The header of a record: 12 bytes before every body, of which nothing is trusted (docs/reference/cassette-format.md).

import { type Crc32, recordHeaderLength, sync } from "./codec.js";

/** A header as found; where its record ends by its own word. */
export interface RecordHeader {
  readonly type: number;
  readonly flags: number;
  readonly crc: number;
  /** May lie beyond the file. */
  readonly end: number;
}

const u32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) * 0x100_0000 +
  ((bytes[at + 1] ?? 0) << 16) +
  ((bytes[at + 2] ?? 0) << 8) +
  (bytes[at + 3] ?? 0);

/** The header at `at`; undefined where there is no sync or less than a header. */
export function readRecordHeader(bytes: Uint8Array, at: number): RecordHeader | undefined {
  if (bytes.length - at < recordHeaderLength) return undefined;
  if (bytes[at] !== sync[0] || bytes[at + 1] !== sync[1]) return undefined;
  return {
    type: bytes[at + 2] ?? 0,
    flags: bytes[at + 3] ?? 0,
    crc: u32(bytes, at + 8),
    end: at + recordHeaderLength + u32(bytes, at + 4),
  };
}

/** Whether the record at `at` is there to its end and its checksum fits. */
export function fits(
  bytes: Uint8Array,
  at: number,
  header: RecordHeader,
  salt: number,
  crc32: Crc32,
): boolean {
  if (header.end > bytes.length) return false;
  const start = crc32(bytes.subarray(at, at + 8), salt);
  return crc32(bytes.subarray(at + recordHeaderLength, header.end), start) === header.crc;
}
