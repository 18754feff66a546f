// X-Forwarded-For: the list of addresses that a request came by, the first of them whose it is. Anybody can write
// one, so it is read only where the user says that the peer in front is to be trusted.

import { concat, fromLatin1 } from "../../base/bytes.js";
import { fieldList, fieldValues, type Head, parseHead } from "./head.js";

const fieldName = "x-forwarded-for";

/** An IPv4 address as it is, where a socket for both families writes it into IPv6 (RFC 4291 section 2.5.5.2). */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+)/i, "");
}

/** `address:port` or `[address]:port` -> the address. */
export function addressOf(from: string): string {
  const found = /^\[([^\]]*)\](?::\d+)?$/.exec(from)?.[1];
  if (found !== undefined) return plainAddress(found);
  // The system writes `::1:50000`, brackets or not: what stands behind the last colon is the port.
  return plainAddress(from.replace(/:\d+$/, ""));
}

/** Whose request it is by X-Forwarded-For; undefined where the field is missing or holds no address. */
export function forwardedFor(head: Head): string | undefined {
  const first = fieldList(head, fieldName)[0];
  return first !== undefined && /^[0-9A-Za-z.:[\]%_-]{1,64}$/.test(first) ? first : undefined;
}

/** The head with this address at the end of X-Forwarded-For; every other byte stays. */
export function withForwardedFor(raw: Uint8Array, address: string): Uint8Array {
  const head = parseHead(raw);
  const last = head.fields.findLast((field) => field.name.toLowerCase() === fieldName);
  if (last !== undefined && fieldValues(head, fieldName).at(-1) !== "") {
    const end = last.valueAt + last.value.length;
    return concat([raw.subarray(0, end), fromLatin1(`, ${address}`), raw.subarray(end)]);
  }
  const emptyLine = raw.length - (raw.at(-2) === 13 ? 2 : 1);
  return concat([
    raw.subarray(0, emptyLine),
    fromLatin1(`X-Forwarded-For: ${address}\r\n`),
    raw.subarray(emptyLine),
  ]);
}
