// Base64 (RFC 4648 section 4) for the pure rooms, which have no codec of a platform.

import { text } from "../base/bytes.js";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Map([...alphabet].map((character, value) => [character, value]));

const padding = "=".charCodeAt(0);

/** The padded Base64 text of the bytes. */
export function toBase64(bytes: Uint8Array): string {
  // The digits are collected as bytes and become a text at once, because appending them one by one is slow.
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = Math.min(3, bytes.length - i);
    for (let digit = 0; digit <= left; digit++)
      out[at + digit] = alphabet.charCodeAt((group >>> (18 - 6 * digit)) & 63);
    at += 4;
  }
  return text(out);
}

/** The bytes of a Base64 text; undefined if the text is not Base64. Padding may be missing. */
export function fromBase64(digits: string): Uint8Array | undefined {
  const body = digits.replace(/={0,2}$/, "");
  if (body.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((body.length * 3) / 4));
  let group = 0;
  let bits = 0;
  let at = 0;
  for (const character of body) {
    const value = values.get(character);
    if (value === undefined) return undefined;
    group = ((group << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (group >>> bits) & 0xff;
    }
  }
  return out;
}
