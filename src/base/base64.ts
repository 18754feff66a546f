// Base64 (RFC 4648 section 4) for the pure cores, which have no platform's codec.

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Map([...alphabet].map((character, value) => [character, value]));

/** The padded Base64 text of the bytes. */
export function toBase64(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => alphabet[(group >>> shift) & 63]);
    out.push(digits.slice(0, Math.min(4, bytes.length - i + 1)).join(""));
  }
  const body = out.join("");
  return body.padEnd(Math.ceil(body.length / 4) * 4, "=");
}

/** The bytes of a Base64 text, or undefined where it is none. Padding may be missing. */
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
