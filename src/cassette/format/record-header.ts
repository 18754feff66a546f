// The 12 octets in front of every body, read without believing them (design section 5).

import { type Crc32, recordHeaderLength, sync } from "./codec.js";

/** A header as found; where its record ends by its own word. */
export interface RecordHeader {
  readonly type: number;
  readonly flags: number;
  readonly crc: number;
  /** May lie beyond the file. */
  readonly end: number;
}

const u32 = (octets: Uint8Array, at: number): number =>
  (octets[at] ?? 0) * 0x100_0000 +
  ((octets[at + 1] ?? 0) << 16) +
  ((octets[at + 2] ?? 0) << 8) +
  (octets[at + 3] ?? 0);

/** The header at `at`; undefined where there is no sync or less than a header. */
export function readRecordHeader(octets: Uint8Array, at: number): RecordHeader | undefined {
  if (octets.length - at < recordHeaderLength) return undefined;
  if (octets[at] !== sync[0] || octets[at + 1] !== sync[1]) return undefined;
  return {
    type: octets[at + 2] ?? 0,
    flags: octets[at + 3] ?? 0,
    crc: u32(octets, at + 8),
    end: at + recordHeaderLength + u32(octets, at + 4),
  };
}

/** Whether the record at `at` is there to its end and its checksum fits. */
export function fits(
  octets: Uint8Array,
  at: number,
  header: RecordHeader,
  salt: number,
  crc32: Crc32,
): boolean {
  if (header.end > octets.length) return false;
  const start = crc32(octets.subarray(at, at + 8), salt);
  return crc32(octets.subarray(at + recordHeaderLength, header.end), start) === header.crc;
}
