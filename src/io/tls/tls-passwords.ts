// Passwords of HTTP Basic by identity, from a file of `identity:password` lines: to check chargers with, or to show to
// the CSMS in place of the charger's. Bytes throughout, since OCPP 1.6 passwords need not be text; compared in
// constant time. Nothing of them is ever told.

import { createHash, timingSafeEqual } from "node:crypto";
import { concat, fromLatin1, latin1, utf8 } from "../../base/bytes.js";
import { fromBase64, toBase64 } from "../../text/base64.js";

/** Passwords by identity. */
export interface BasicAuth {
  /** Whether the value of this Authorization field proves this identity. */
  proves(identity: string, authorization: string | undefined): boolean;
  /** The value of Authorization for this identity; undefined where the file has no line for it. */
  fieldFor(identity: string, subprotocols: readonly string[]): string | undefined;
  /** Takes a new password for an identity that has one, until the program ends; false for any other. */
  follow(identity: string, password: string): boolean;
}

const basic = /^basic[ \t]+([A-Za-z0-9+/]+={0,2})[ \t]*$/i;

/** The form in which OCPP 1.6 configures 20 bytes: AuthorizationKey. */
const hexKey = /^[0-9a-fA-F]{40}$/;

const bytesOfHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const isSame = (a: Uint8Array, b: Uint8Array): boolean => {
  const digest = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
  return timingSafeEqual(digest(a), digest(b));
};

/** Reads the lines of a password file; a password is all that stands behind the identity and its colon. */
export function readPasswords(content: Uint8Array): BasicAuth {
  const lines = latin1(content)
    .split("\n")
    .map((line) => line.replace(/\r$/, ""))
    .filter((line) => line.includes(":") && !line.startsWith("#"));
  const followed = new Map<string, string>();
  const passwordOf = (identity: string): string | undefined => {
    const changed = followed.get(identity);
    if (changed !== undefined) return changed;
    // Identities of OCPP 1.6 may hold a colon, so the line cannot be cut at its first.
    const start = `${latin1(utf8(identity))}:`;
    return lines.find((line) => line.startsWith(start))?.slice(start.length);
  };
  return {
    proves: (identity, authorization) => {
      const digits = basic.exec(authorization ?? "")?.[1];
      const shown = digits === undefined ? undefined : fromBase64(digits);
      const password = passwordOf(identity);
      const user = utf8(`${identity}:`);
      const wanted = concat([user, fromLatin1(password ?? "")]);
      const asKey = hexKey.test(password ?? "") ? concat([user, bytesOfHex(password ?? "")]) : wanted;
      // All is compared in every case, so that the time tells nothing.
      const [plain, key] = [isSame(shown ?? user, wanted), isSame(shown ?? user, asKey)];
      return password !== undefined && password !== "" && shown !== undefined && (plain || key);
    },
    fieldFor: (identity, subprotocols) => {
      const password = passwordOf(identity);
      if (password === undefined) return undefined;
      const is16 = subprotocols.length === 0 || subprotocols.some((name) => /^ocpp1\./i.test(name));
      const bytes = is16 && hexKey.test(password) ? bytesOfHex(password) : fromLatin1(password);
      return `Basic ${toBase64(concat([utf8(`${identity}:`), bytes]))}`;
    },
    follow: (identity, password) => {
      if (passwordOf(identity) === undefined) return false;
      followed.set(identity, latin1(utf8(password)));
      return true;
    },
  };
}
