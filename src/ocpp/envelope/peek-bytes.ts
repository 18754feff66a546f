// Reads type, id and action of a message, and whether its payload is empty, directly from the bytes of its frame, masked
// or not. Only for messages that begin as almost all do: without white space and in plain ASCII. All others are left to
// `peek` and `parseEnvelope`, which give the same results.

import { type MessageType, messageTypeOf, namesAction } from "./message-type.js";
import type { Peek } from "./peek.js";

const quote = 34;
const comma = 44;
const zero = 48;
const bracket = 91;
const backslash = 92;
const emptyPayload: readonly number[] = [comma, 123, 125, 93];
/** The longest id and action that are read here, in bytes. */
const longest = 64;

/** The types by their digit: a fast lookup, because it runs for every message. */
const types: readonly (MessageType | undefined)[] = Array.from({ length: 10 }, (_, digit) =>
  messageTypeOf(digit),
);

/** The characters of the name that was read last. */
const codes: number[] = [];

/** The bytes of a message from `at` on; reading removes the masking. */
interface Unmasked {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly mask: Uint8Array | undefined;
}

const byteAt = ({ bytes, at, mask }: Unmasked, i: number): number => {
  const byte = bytes[at + i];
  if (byte === undefined) return -1;
  return mask === undefined ? byte : byte ^ (mask[i & 3] ?? 0);
};

/** Reads a plain quoted text into `codes`; returns the offset after it, or -1 if it is not such a text. */
const readPlain = (message: Unmasked, start: number): number => {
  if (byteAt(message, start) !== quote) return -1;
  codes.length = 0;
  for (let i = start + 1; i <= start + longest + 1; i++) {
    const byte = byteAt(message, i);
    if (byte === quote) return i + 1;
    if (byte < 32 || byte > 126 || byte === backslash) return -1;
    codes.push(byte);
  }
  return -1;
};

const typeOf = (message: Unmasked): MessageType | undefined =>
  byteAt(message, 0) === bracket && byteAt(message, 2) === comma
    ? types[byteAt(message, 1) - zero]
    : undefined;

/** Reads the beginning of a message whose first byte is at `at`, with this masking key; undefined if `peek` is needed. */
export function peekBytes(bytes: Uint8Array, at: number, mask: Uint8Array | undefined): Peek | undefined {
  const message = { bytes, at, mask };
  const type = typeOf(message);
  const idEnd = type === undefined ? -1 : readPlain(message, 3);
  if (type === undefined || idEnd < 0) return undefined;
  const id = String.fromCharCode(...codes);
  if (!namesAction(type)) return { type, id, action: undefined };
  if (byteAt(message, idEnd) !== comma || readPlain(message, idEnd + 1) < 0) return undefined;
  return { type, id, action: String.fromCharCode(...codes) };
}

/**
 * Whether the message from `at` to the end is a CALL, SEND or CALLRESULT with the payload `{}`, as every Heartbeat and most
 * answers are; also false if `parseEnvelope` is needed to decide.
 */
export function hasEmptyPayload(bytes: Uint8Array, at: number, mask: Uint8Array | undefined): boolean {
  const message = { bytes, at, mask };
  const type = typeOf(message);
  if (type === undefined || type === "CALLERROR" || type === "CALLRESULTERROR") return false;
  let end = readPlain(message, 3);
  if (end >= 0 && namesAction(type)) end = byteAt(message, end) === comma ? readPlain(message, end + 1) : -1;
  if (end < 0 || at + end + emptyPayload.length !== bytes.length) return false;
  return emptyPayload.every((byte, i) => byteAt(message, end + i) === byte);
}
