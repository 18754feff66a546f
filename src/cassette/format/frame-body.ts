// The body of a `frame` record, written by hand: the hot path of recording. The bytes are the same as those
// of body.ts, which is the definition; a test holds the two together. One copy of the payload, no allocation.

import { utf8 } from "../../base/bytes.js";
import type { FrameEntry } from "./entry.js";

const fixText = (word: string): Uint8Array => Uint8Array.from([0xa0 + word.length, ...utf8(word)]);
const join = (...parts: readonly (number | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...part])));

const start = join(0x86, fixText("connection"));
const toCsms = join(fixText("direction"), fixText("cp-to-csms"), fixText("rx"));
const toCharger = join(fixText("direction"), fixText("csms-to-cp"), fixText("rx"));
const txKey = fixText("tx");
const seenKey = fixText("seen");
const rawKey = fixText("raw");

/** The most bytes that all of a frame's body but `raw` takes. */
export const frameBodyOverhead: number =
  start.length + toCsms.length + txKey.length + seenKey.length + rawKey.length + 4 * 9 + 5;

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const putDouble = (to: Uint8Array, at: number, value: number): number => {
  double[0] = value;
  to[at] = 0xcb;
  for (let i = 0; i < 8; i++) to[at + 1 + i] = doubleBytes[littleEndian ? 7 - i : i] ?? 0;
  return at + 9;
};

const putBigEndian = (to: Uint8Array, at: number, value: number, bytes: number): number => {
  for (let i = bytes - 1, left = value; i >= 0; i--, left >>>= 8) to[at + i] = left & 0xff;
  return at + bytes;
};

/** Writes a number as msgpackr does: whole ones of up to 32 bits in the shortest form, all others as a double. */
const putNumber = (to: Uint8Array, at: number, value: number | null): number => {
  if (value === null) {
    to[at] = 0xc0;
    return at + 1;
  }
  if (value >>> 0 !== value)
    return value < 0 && (value | 0) === value ? putNegative(to, at, value) : putDouble(to, at, value);
  if (value < 0x80) {
    to[at] = value;
    return at + 1;
  }
  const bytes = value < 0x100 ? 1 : value < 0x10000 ? 2 : 4;
  to[at] = bytes === 1 ? 0xcc : bytes === 2 ? 0xcd : 0xce;
  return putBigEndian(to, at + 1, value, bytes);
};

const putNegative = (to: Uint8Array, at: number, value: number): number => {
  if (value >= -0x20) {
    to[at] = 0x100 + value;
    return at + 1;
  }
  const bytes = value >= -0x80 ? 1 : value >= -0x8000 ? 2 : 4;
  to[at] = bytes === 1 ? 0xd0 : bytes === 2 ? 0xd1 : 0xd2;
  return putBigEndian(to, at + 1, value, bytes);
};

/** Below this length a loop is quicker than the call of `set`. */
const loopBelow = 32;

const putBytes = (to: Uint8Array, at: number, bytes: Uint8Array): number => {
  if (bytes.length >= loopBelow) to.set(bytes, at);
  else for (let i = 0; i < bytes.length; i++) to[at + i] = bytes[i] ?? 0;
  return at + bytes.length;
};

const putBinary = (to: Uint8Array, at: number, bytes: Uint8Array): number => {
  const width = bytes.length < 0x100 ? 1 : bytes.length < 0x10000 ? 2 : 4;
  to[at] = width === 1 ? 0xc4 : width === 2 ? 0xc5 : 0xc6;
  return putBytes(to, putBigEndian(to, at + 1, bytes.length, width), bytes);
};

/** Writes the body of a frame without `loggedAt` at `at` and returns where it ends; there must be room. */
export function putFrameBody(to: Uint8Array, at: number, frame: FrameEntry): number {
  let next = putBytes(to, at, start);
  next = putNumber(to, next, frame.connection);
  next = putBytes(to, next, frame.direction === "cp-to-csms" ? toCsms : toCharger);
  next = putNumber(to, next, frame.rx);
  next = putBytes(to, next, txKey);
  next = putNumber(to, next, frame.tx);
  next = putBytes(to, next, seenKey);
  next = putNumber(to, next, frame.seen);
  next = putBytes(to, next, rawKey);
  return putBinary(to, next, frame.raw);
}
