// The digests and the random bytes that the pure folders are handed as arguments.

import { createHash, createHmac, randomBytes } from "node:crypto";
import { crc32 as zlibCrc32 } from "node:zlib";
import type { Crc32 } from "../../cassette/format/codec.js";

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value;
});

/** Below this length a call of zlib costs more than its work. */
const tableBelow = 32;

/** CRC-32 as zlib computes it. */
export const crc32: Crc32 = (bytes, start) => {
  if (bytes.length >= tableBelow) return zlibCrc32(bytes, start);
  let value = ~start;
  for (let i = 0; i < bytes.length; i++)
    value = (value >>> 8) ^ (table[(value ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return ~value >>> 0;
};

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const key = randomBytes(32);

/** 16 hexadecimal digits that are equal for equal bytes within this process, and tell nothing outside it. */
export function keyedHash(bytes: Uint8Array): string {
  return createHmac("sha256", key).update(bytes).digest("hex").slice(0, 16);
}

/** A random salt for a new cassette. */
export function randomSalt(): number {
  return randomBytes(4).readUInt32BE();
}
