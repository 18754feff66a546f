// Type, id and action of a message straight from the octets that carry it, masked or not: for messages that begin as
// nearly all do, without white space and with plain ASCII. What begins in any other way is left to `peek`, with which
// this always agrees.

import { type MessageType, messageTypeOf, namesAction } from "./message-type.js";
import type { Peek } from "./peek.js";

const quote = 34;
const comma = 44;
const zero = 48;
const bracket = 91;
const backslash = 92;
/** Longest id and action that are worth while here, in octets. */
const longest = 64;

/** The types of one digit, because this is asked for every message. */
const types: readonly (MessageType | undefined)[] = Array.from({ length: 10 }, (_, digit) =>
  messageTypeOf(digit),
);

/** The characters of the name that was read last; nothing waits between writing and reading it. */
const codes: number[] = [];

/** The octets of a message from `at` on, without their masking key. */
interface Unmasked {
  readonly octets: Uint8Array;
  readonly at: number;
  readonly mask: Uint8Array | undefined;
}

const octetAt = ({ octets, at, mask }: Unmasked, i: number): number => {
  const octet = octets[at + i];
  if (octet === undefined) return -1;
  return mask === undefined ? octet : octet ^ (mask[i & 3] ?? 0);
};

/** Reads a plain quoted text into `codes`; gives the place behind it, -1 where it is no such text. */
const readPlain = (message: Unmasked, start: number): number => {
  if (octetAt(message, start) !== quote) return -1;
  codes.length = 0;
  for (let i = start + 1; i <= start + longest + 1; i++) {
    const octet = octetAt(message, i);
    if (octet === quote) return i + 1;
    if (octet < 32 || octet > 126 || octet === backslash) return -1;
    codes.push(octet);
  }
  return -1;
};

/**
 * Reads the beginning of a message whose first octet lies at `at`, with the masking key that stands over it; undefined
 * where `peek` has to look.
 */
export function peekOctets(octets: Uint8Array, at: number, mask: Uint8Array | undefined): Peek | undefined {
  const message = { octets, at, mask };
  const type = types[octetAt(message, 1) - zero];
  if (type === undefined || octetAt(message, 0) !== bracket || octetAt(message, 2) !== comma)
    return undefined;
  const idEnd = readPlain(message, 3);
  if (idEnd < 0) return undefined;
  const id = String.fromCharCode(...codes);
  if (!namesAction(type)) return { type, id, action: undefined };
  if (octetAt(message, idEnd) !== comma || readPlain(message, idEnd + 1) < 0) return undefined;
  return { type, id, action: String.fromCharCode(...codes) };
}
