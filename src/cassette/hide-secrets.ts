// Replaces secrets in the heads and URLs that a cassette stores: the values of some headers and the userinfo of URLs become
// `[hidden]`; of a header's value the scheme, the length and a keyed hash are kept. Works line by line on any bytes,
// because a malformed head can hold a password as well; everything else stays byte for byte.

import { fromLatin1, latin1 } from "../base/bytes.js";
import { type HiddenValue, hiddenMark, type StoredHead } from "./format/entry.js";

/** A hash with a key that is not kept: equal values have equal hashes, and nothing else can be learned from them. */
export type KeyedHash = (bytes: Uint8Array) => string;

/** Makes of a head the one that may be stored. */
export type HideHead = (rawHead: Uint8Array) => StoredHead;

/** The headers whose values are always hidden, in small letters. */
export const secretHeaders: readonly string[] = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "cookie2",
  "set-cookie",
  "set-cookie2",
];

/** Headers that a replay needs as they were. */
const neededHeaders: readonly string[] = [
  "host",
  "connection",
  "upgrade",
  "sec-websocket-key",
  "sec-websocket-accept",
  "sec-websocket-version",
  "sec-websocket-protocol",
  "sec-websocket-extensions",
];

/** Whether the values of a header of this name can be hidden: it is a name (RFC 9110 section 5.1), and no replay needs it. */
export function canHide(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !neededHeaders.includes(name.toLowerCase());
}

/** Recognises a line of one of these headers; spaces, control characters and a missing colon do not matter. */
const lineOf = (names: readonly string[]): RegExp => {
  const either = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return new RegExp(`^([\\u0000- ]*)(${either})([\\u0000- ]*:[\\u0000- ]*|[\\u0000- ]+)(.*)$`, "i");
};

const authorization = /authorization$/i;
const hostField = /^([^:]*host[^:]*:[ \t]*)([^\s/?#]*)@/i;
const userinfo = /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#]*)@/gi;
const folded = /^[ \t]+/;

class Hider {
  readonly hidden: HiddenValue[] = [];
  private readonly keyedHash: KeyedHash;
  private readonly secretLine: RegExp;
  /** The secret header that a folded line continues. */
  private open: string | undefined;

  constructor(keyedHash: KeyedHash, secretLine: RegExp) {
    this.keyedHash = keyedHash;
    this.secretLine = secretLine;
  }

  line(line: string): string {
    const continued = folded.exec(line)?.[0];
    if (this.open !== undefined && continued !== undefined && line.length > continued.length)
      return continued + this.hide(this.open, null, line.slice(continued.length));
    const [, before = "", name = "", between = "", value = ""] = this.secretLine.exec(line) ?? [];
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
    const scheme = authorization.test(name) ? /^([^\s,=]+)([ \t]+)(?=[^\s])/.exec(value) : null;
    if (scheme === null) return this.hide(name, null, value);
    const [whole, word = ""] = scheme;
    return whole + this.hide(name, word, value.slice(whole.length));
  }

  private hide(field: string, scheme: string | null, secret: string): string {
    if (secret === hiddenMark) return hiddenMark;
    this.hidden.push({ field, scheme, length: secret.length, hash: this.keyedHash(fromLatin1(secret)) });
    return hiddenMark;
  }
}

/** Makes the function that hides the values of `secretHeaders` and of the headers named here, in any case of letters. */
export function createHideHead(keyedHash: KeyedHash, moreHeaders: readonly string[] = []): HideHead {
  const secretLine = lineOf([...secretHeaders, ...moreHeaders]);
  return (rawHead) => {
    const hider = new Hider(keyedHash, secretLine);
    const pieces = latin1(rawHead).split(/([\r\n]+)/);
    const kept = pieces.map((piece, i) => (i % 2 === 0 ? hider.line(piece) : piece));
    return { raw: hider.hidden.length === 0 ? rawHead : fromLatin1(kept.join("")), hidden: hider.hidden };
  };
}

/** The URL with its userinfo replaced by `[hidden]`. */
export function hideUserinfo(url: string): string {
  return url.replace(userinfo, `$1${hiddenMark}@`);
}
