// X-Forwarded-For: the addresses that a request passed through; the first is the client's. Anyone can write this field,
// so it is read only if the user trusts the proxy in front.

import { concat, fromLatin1 } from "../../base/bytes.js";
import { fieldList, fieldValues, type Head, parseHead } from "./head.js";

const fieldName = "x-forwarded-for";

/** The address without the `::ffff:` that a dual-stack socket puts before IPv4 (RFC 4291 section 2.5.5.2). */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+)/i, "");
}

/** `address:port` or `[address]:port` -> the address. */
export function addressOf(from: string): string {
  const found = /^\[([^\]]*)\](?::\d+)?$/.exec(from)?.[1];
  if (found !== undefined) return plainAddress(found);
  // Node also writes `::1:50000`, without brackets: the port follows the last colon.
  return plainAddress(from.replace(/:\d+$/, ""));
}

/** The client's address by X-Forwarded-For; undefined if the field is missing or does not start with an address. */
export function forwardedFor(head: Head): string | undefined {
  const first = fieldList(head, fieldName)[0];
  return first !== undefined && /^[0-9A-Za-z.:[\]%_-]{1,64}$/.test(first) ? first : undefined;
}

/** The head with this address added at the end of X-Forwarded-For; no other byte changes. */
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
