// Passwords of HTTP Basic by identity, from a file of `identity:password` lines: to check chargers, or to send to the CSMS
// instead of the charger's own. Passwords are bytes, because OCPP 1.6 passwords need not be text. They are compared in
// constant time and never printed.

import { createHash, timingSafeEqual } from "node:crypto";
import { concat, fromLatin1, latin1, utf8 } from "../../base/bytes.js";
import { fromBase64, toBase64 } from "../../text/base64.js";

/** Passwords by identity. */
export interface BasicAuth {
  /** Whether the value of an Authorization header has the right password for this identity. */
  accepts(identity: string, authorization: string | undefined): boolean;
  /** The value of Authorization for this identity; undefined if the file has no line for it. */
  authorizationFor(identity: string, subprotocols: readonly string[]): string | undefined;
  /** Replaces the password of an identity until the program ends. Gives false if the identity has none. */
  replacePassword(identity: string, password: string): boolean;
}

const basic = /^basic[ \t]+([A-Za-z0-9+/]+={0,2})[ \t]*$/i;

/** The AuthorizationKey of OCPP 1.6: 20 bytes in hexadecimal digits. */
const hexKey = /^[0-9a-fA-F]{40}$/;

const bytesOfHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const isSame = (a: Uint8Array, b: Uint8Array): boolean => {
  const digest = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
  return timingSafeEqual(digest(a), digest(b));
};

/** Reads a password file. A password is everything after the identity and its colon. */
export function readPasswords(content: Uint8Array): BasicAuth {
  const lines = latin1(content)
    .split("\n")
    .map((line) => line.replace(/\r$/, ""))
    .filter((line) => line.includes(":") && !line.startsWith("#"));
  const replaced = new Map<string, string>();
  const passwordOf = (identity: string): string | undefined => {
    const newPassword = replaced.get(identity);
    if (newPassword !== undefined) return newPassword;
    // Identities of OCPP 1.6 may contain a colon, so the line cannot be split at the first one.
    const start = `${latin1(utf8(identity))}:`;
    return lines.find((line) => line.startsWith(start))?.slice(start.length);
  };
  return {
    accepts: (identity, authorization) => {
      const digits = basic.exec(authorization ?? "")?.[1];
      const shown = digits === undefined ? undefined : fromBase64(digits);
      const password = passwordOf(identity);
      const user = utf8(`${identity}:`);
      const wanted = concat([user, fromLatin1(password ?? "")]);
      const asKey = hexKey.test(password ?? "") ? concat([user, bytesOfHex(password ?? "")]) : wanted;
      // Both forms are compared in every case, so that the time reveals nothing.
      const [plain, key] = [isSame(shown ?? user, wanted), isSame(shown ?? user, asKey)];
      return password !== undefined && password !== "" && shown !== undefined && (plain || key);
    },
    authorizationFor: (identity, subprotocols) => {
      const password = passwordOf(identity);
      if (password === undefined) return undefined;
      const is16 = subprotocols.length === 0 || subprotocols.some((name) => /^ocpp1\./i.test(name));
      const bytes = is16 && hexKey.test(password) ? bytesOfHex(password) : fromLatin1(password);
      return `Basic ${toBase64(concat([utf8(`${identity}:`), bytes]))}`;
    },
    replacePassword: (identity, password) => {
      if (passwordOf(identity) === undefined) return false;
      replaced.set(identity, latin1(utf8(password)));
      return true;
    },
  };
}
