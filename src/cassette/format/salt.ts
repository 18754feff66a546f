// The salt of a cassette, from its session record or, where that is damaged, from a checkpoint: each carries
// the salt that its own checksum was made with. A payload can hold records of another file, so that with the
// session record lost the salt under which most bytes are whole records is taken.

import { type Crc32, recordHeaderLength, sync } from "./codec.js";
import { fits, type RecordHeader, readRecordHeader } from "./record-header.js";
import { recordTypes } from "./record-type.js";
import { unpackBody } from "./unpack.js";

/** A checkpoint's body is far smaller; larger records of its type are none. */
const largestCheckpoint = 1024;
const largestSession = 0x100_0000;
const mostCandidates = 8;

const ownSalt = (bytes: Uint8Array, at: number, header: RecordHeader, crc32: Crc32): number | undefined => {
  const largest =
    header.type === recordTypes.session
      ? largestSession
      : header.type === recordTypes.checkpoint
        ? largestCheckpoint
        : 0;
  if (header.end > bytes.length || header.end - at > largest) return undefined;
  const unpacked = unpackBody(bytes.subarray(at + recordHeaderLength, header.end));
  const salt = "map" in unpacked ? unpacked.map.get("salt") : undefined;
  return typeof salt === "number" && salt >>> 0 === salt && fits(bytes, at, header, salt, crc32)
    ? salt
    : undefined;
};

/** The different salts of all sessions and checkpoints that are whole by their own word, in the file's order. */
const candidates = (bytes: Uint8Array, from: number, crc32: Crc32): readonly number[] => {
  const salts = new Set<number>();
  let budget = bytes.length * 2 + 0x400_0000;
  for (let at = bytes.indexOf(sync[0], from); at >= 0; at = bytes.indexOf(sync[0], at + 1)) {
    const header = readRecordHeader(bytes, at);
    if (header === undefined) continue;
    if (header.type === recordTypes.session) budget -= Math.min(header.end, bytes.length) - at;
    if (budget < 0) break;
    const salt = ownSalt(bytes, at, header, crc32);
    if (salt !== undefined) salts.add(salt);
    if (salts.size >= mostCandidates) break;
  }
  return [...salts];
};

/** How many bytes are whole records under a salt. */
const coverage = (bytes: Uint8Array, from: number, salt: number, crc32: Crc32): number => {
  let covered = 0;
  let budget = bytes.length * 2 + 0x400_0000;
  let at = bytes.indexOf(sync[0], from);
  while (at >= 0 && budget > 0) {
    const header = readRecordHeader(bytes, at);
    if (header !== undefined && header.end <= bytes.length) budget -= header.end - at;
    const whole = header !== undefined && fits(bytes, at, header, salt, crc32);
    if (whole) covered += header.end - at;
    at = bytes.indexOf(sync[0], whole ? header.end : at + 1);
  }
  return covered;
};

/** The salt that the records behind `from` were made with; undefined where no record tells it. */
export function findSalt(bytes: Uint8Array, from: number, crc32: Crc32): number | undefined {
  const header = readRecordHeader(bytes, from);
  const told = header === undefined ? undefined : ownSalt(bytes, from, header, crc32);
  if (told !== undefined) return told;
  const found = candidates(bytes, from, crc32);
  const covered = found.map((salt) => coverage(bytes, from, salt, crc32));
  return found[covered.indexOf(Math.max(...covered))];
}
