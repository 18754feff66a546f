// Functions on bytes for the pure rooms. None of them writes to its input.

const encoder = new TextEncoder();
const tolerant = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** No bytes at all. */
export const noBytes: Uint8Array = new Uint8Array(0);

/** The UTF-8 bytes of a text; lone surrogates become U+FFFD. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; bytes that are not UTF-8 become U+FFFD. A byte order mark stays. */
export function text(bytes: Uint8Array): string {
  return tolerant.decode(bytes);
}

/** The text of UTF-8 bytes; undefined if they are not UTF-8, so that no other bytes have the same text. */
export function exactText(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The parts one after the other in a new array; a single part is returned itself. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  if (only !== undefined && parts.length === 1) return only;
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Whether both arrays hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** The bytes as hexadecimal digits in lower case, two for each byte. */
export function hex(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) digits += byte.toString(16).padStart(2, "0");
  return digits;
}

/** The text whose character codes are the bytes (ISO 8859-1); `fromLatin1` gives the same bytes back. */
export function latin1(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
}

/** The bytes of a text whose character codes are below 256; the inverse of `latin1`. */
export function fromLatin1(characters: string): Uint8Array {
  const out = new Uint8Array(characters.length);
  for (let i = 0; i < characters.length; i++) out[i] = characters.charCodeAt(i) & 0xff;
  return out;
}
