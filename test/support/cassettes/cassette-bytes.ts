// Entries -> the bytes of a cassette, for tests.
import { concat } from "../../../src/base/bytes.js";
import { encodeRecord, magic } from "../../../src/cassette/format/codec.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { crc32 } from "../../../src/io/platform/digests.js";

/** The file of these entries. */
export function cassetteBytes(entries: readonly Entry[], salt = 0xdecafbad): Uint8Array {
  return concat([magic, ...entries.map((entry) => encodeRecord(entry, salt, crc32))]);
}
