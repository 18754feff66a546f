// Three ways to break a JSON text, on bytes. For any input, the result is not JSON or not UTF-8; only a truncated text that
// was neither array nor object may be JSON by chance. `place` is the position in the text, in [0, 1). The input is not
// changed.

import { concat, exactText, text, utf8 } from "../../../base/bytes.js";

const byte = { quote: 0x22, backslash: 0x5c, comma: 0x2c, u: 0x75 } as const;
const structural: ReadonlySet<number> = new Set([..."{}[],:"].map((character) => character.charCodeAt(0)));

/** Valid UTF-8 that is not JSON: one bracket, colon or comma is missing. */
export function asInvalidJson(payload: Uint8Array, place: number): Uint8Array {
  const bytes = exactText(payload) === undefined ? utf8(text(payload)) : payload;
  const at = pick(bytes, "structural", place);
  const broken = at === undefined ? bytes : without(bytes, at);
  // Removing a byte can turn invalid JSON into valid JSON, and a text without structure stays valid.
  return isJson(broken) ? concat([broken, Uint8Array.of(byte.comma)]) : broken;
}

/** The start of the text: at least one character, and never all of several. */
export function asTruncated(payload: Uint8Array, place: number): Uint8Array {
  let end = payload.length;
  while (end > 1 && isBlank(payload[end - 1])) end--;
  const wanted = 1 + Math.floor(place * Math.max(0, end - 1));
  let cut = wanted;
  while (cut > 0 && isInsideCharacter(payload[cut])) cut--;
  if (cut === 0) {
    cut = wanted;
    while (cut < end && isInsideCharacter(payload[cut])) cut++;
  }
  return payload.subarray(0, cut);
}

/** Makes the bytes invalid UTF-8: inside a JSON string if there is one, otherwise anywhere. */
export function asInvalidUtf8(payload: Uint8Array, place: number, kind: number): Uint8Array {
  // UTF-8 never contains FF; 28 cannot follow C3 (RFC 3629).
  return withBytes(payload, place, kind < 0.5 ? Uint8Array.of(0xff) : Uint8Array.of(0xc3, 0x28));
}

/** Replaces one byte by these: inside a JSON string if there is one, otherwise anywhere. */
export function withBytes(payload: Uint8Array, place: number, bytes: Uint8Array): Uint8Array {
  const at = pick(payload, "in-string", place) ?? Math.floor(place * payload.length);
  return concat([payload.subarray(0, at), bytes, payload.subarray(at + 1)]);
}

/** The kinds of bytes in a JSON text that can be broken. */
type Role = "structural" | "in-string";

/** Calls `see` for every byte with this role until it returns true. Any bytes are read as if they were JSON. */
const eachOf = (bytes: Uint8Array, role: Role, see: (at: number) => boolean): void => {
  let isString = false;
  for (let at = 0; at < bytes.length; at++) {
    const current = bytes[at];
    if (current === byte.quote) {
      isString = !isString;
      continue;
    }
    if (isString && current === byte.backslash) {
      at += bytes[at + 1] === byte.u ? 5 : 1;
      continue;
    }
    const fits = isString ? role === "in-string" : role === "structural" && isBreaking(bytes, at);
    if (fits && see(at)) return;
  }
};

/** The position of one byte with this role. Counts them first: a list could be as long as the text. */
const pick = (bytes: Uint8Array, role: Role, place: number): number | undefined => {
  let count = 0;
  eachOf(bytes, role, () => {
    count++;
    return false;
  });
  let left = Math.floor(place * count);
  let picked: number | undefined;
  eachOf(bytes, role, (at) => {
    picked = at;
    return left-- === 0;
  });
  return picked;
};

/** Whether the text is no longer JSON without this bracket, colon or comma. */
const isBreaking = (bytes: Uint8Array, at: number): boolean =>
  structural.has(bytes[at] ?? 0) && !joinsNumbers(bytes, at);

/** A comma between digits: without it two numbers become one, and the text is still JSON. */
const joinsNumbers = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === byte.comma && isDigit(bytes[at - 1]) && isDigit(bytes[at + 1]);

const isDigit = (value: number | undefined): boolean => value !== undefined && value >= 0x30 && value <= 0x39;

const isBlank = (value: number | undefined): boolean =>
  value === 0x20 || value === 0x09 || value === 0x0a || value === 0x0d;

/** Whether a byte continues a UTF-8 character. */
const isInsideCharacter = (value: number | undefined): boolean =>
  value !== undefined && (value & 0xc0) === 0x80;

const without = (bytes: Uint8Array, at: number): Uint8Array =>
  concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);

const isJson = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(text(bytes));
    return true;
  } catch {
    return false;
  }
};
