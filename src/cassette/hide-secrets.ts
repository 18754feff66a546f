// Heads -> heads that may be kept: credentials are replaced in the bytes, and what is left of them is their
// scheme, length and keyed hash (design section 5). Line by line and total, because a broken head can hold a
// password as well; everything else stays byte for byte.

import { fromLatin1, latin1 } from "../base/bytes.js";
import type { HiddenValue, StoredHead } from "./format/entry.js";

/** A hash with a key that is not kept: equal values are seen to be equal, and nothing else. */
export type KeyedHash = (bytes: Uint8Array) => string;

const mark = "[hidden]";

/** The name of a field that is secret as a whole; blanks and the colon may be where they do not belong. */
const secretField =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: broken heads hold control characters
  /^([\u0000- ]*)((?:proxy-)?authorization|(?:set-)?cookie2?)([\u0000- ]*:[\u0000- ]*|[\u0000- ]+)(.*)$/i;
const schemed = /authorization$/i;
const hostField = /^([^:]*host[^:]*:[ \t]*)([^\s/?#]*)@/i;
const userinfo = /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#]*)@/gi;
const folded = /^[ \t]+/;

class Hider {
  readonly hidden: HiddenValue[] = [];
  private readonly keyedHash: KeyedHash;
  /** The secret field that a folded line continues. */
  private open: string | undefined;

  constructor(keyedHash: KeyedHash) {
    this.keyedHash = keyedHash;
  }

  line(line: string): string {
    const continued = folded.exec(line)?.[0];
    if (this.open !== undefined && continued !== undefined && line.length > continued.length)
      return continued + this.hide(this.open, null, line.slice(continued.length));
    const [, before = "", name = "", between = "", value = ""] = secretField.exec(line) ?? [];
    this.open = name === "" ? undefined : name;
    if (name !== "") return `${before}${name}${between}${this.value(name, value)}`;
    return line
      .replace(hostField, (_, start: string, secret: string) => `${start}${this.hide("Host", null, secret)}@`)
      .replace(
        userinfo,
        (_, scheme: string, secret: string) => `${scheme}${this.hide("userinfo", null, secret)}@`,
      );
  }

  private value(name: string, value: string): string {
    if (value === "") return value;
    const scheme = schemed.test(name) ? /^([^\s,=]+)([ \t]+)(?=[^\s])/.exec(value) : null;
    if (scheme === null) return this.hide(name, null, value);
    const [whole, word = ""] = scheme;
    return whole + this.hide(name, word, value.slice(whole.length));
  }

  private hide(field: string, scheme: string | null, secret: string): string {
    if (secret === mark) return mark;
    this.hidden.push({ field, scheme, length: secret.length, hash: this.keyedHash(fromLatin1(secret)) });
    return mark;
  }
}

/** The head with its secrets replaced by `[hidden]`. */
export function hideSecrets(rawHead: Uint8Array, keyedHash: KeyedHash): StoredHead {
  const hider = new Hider(keyedHash);
  const pieces = latin1(rawHead).split(/([\r\n]+)/);
  const kept = pieces.map((piece, i) => (i % 2 === 0 ? hider.line(piece) : piece));
  return { raw: hider.hidden.length === 0 ? rawHead : fromLatin1(kept.join("")), hidden: hider.hidden };
}

/** The URL with its userinfo replaced by `[hidden]`. */
export function hideUserinfo(url: string): string {
  return url.replace(userinfo, `$1${mark}@`);
}
