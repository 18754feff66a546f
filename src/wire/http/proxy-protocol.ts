// The PROXY protocol, versions 1 and 2 (HAProxy, proxy-protocol.txt of 2020): the header in which a load balancer sends
// the client's address at the start of a connection. Never throws, and limits the length; callers decide whether to trust it.

import { fromLatin1, latin1, sameBytes } from "../../base/bytes.js";

/** The result of reading the first bytes of a connection. */
export type ProxyHeader =
  /** It may be a header; more bytes are needed. */
  | { readonly kind: "incomplete" }
  /** It does not start with a header. */
  | { readonly kind: "none" }
  | { readonly kind: "bad"; readonly why: string }
  | {
      readonly kind: "header";
      readonly version: 1 | 2;
      /** The client, `address:port`; undefined if the header does not name it. */
      readonly from: string | undefined;
      /** Length of the header in bytes. */
      readonly length: number;
    };

const signature2 = Uint8Array.of(13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10);
const signature1 = fromLatin1("PROXY ");
/** Longest header of version 1 in bytes, line end included (section 2.1). */
const maxLength1 = 107;
/** Longest accepted block of version 2, in bytes; the format allows 65,535, but no load balancer sends so many. */
const maxLength2 = 4096;

const isPrefix = (bytes: Uint8Array, signature: Uint8Array): boolean => {
  const length = Math.min(bytes.length, signature.length);
  return sameBytes(bytes.subarray(0, length), signature.subarray(0, length));
};

const bad = (why: string): ProxyHeader => ({ kind: "bad", why });

const endpoint = (address: string, port: number): string =>
  address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;

const line1 =
  /^PROXY (?:UNKNOWN(?: .*)?|(TCP4|TCP6) ([0-9A-Fa-f.:]{2,45}) [0-9A-Fa-f.:]{2,45} (\d{1,5}) \d{1,5})$/;

const readVersion1 = (bytes: Uint8Array): ProxyHeader => {
  const end = bytes.subarray(0, maxLength1).indexOf(10);
  if (end < 0) return bytes.length < maxLength1 ? { kind: "incomplete" } : bad("its first line has no end");
  const line = latin1(bytes.subarray(0, end)).replace(/\r$/, "");
  const found = line1.exec(line);
  if (found === null) return bad("its first line is not PROXY TCP4|TCP6|UNKNOWN with addresses and ports");
  const [, family, address, port] = found;
  const from =
    family === undefined || address === undefined || Number(port) > 65_535
      ? undefined
      : endpoint(address, Number(port));
  return { kind: "header", version: 1, from, length: end + 1 };
};

const groupsOf = (bytes: Uint8Array): string => {
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  return groups.join(":");
};

/** The source in the block after the 16 fixed bytes; undefined for LOCAL, unix sockets and unknown families. */
const sourceOf = (command: number, family: number, block: Uint8Array): string | undefined => {
  const port = (at: number): number => ((block[at] ?? 0) << 8) | (block[at + 1] ?? 0);
  if (command === 0) return undefined;
  if (family === 0x11 && block.length >= 12) return endpoint(block.subarray(0, 4).join("."), port(8));
  if (family === 0x21 && block.length >= 36) return endpoint(groupsOf(block), port(32));
  return undefined;
};

const readVersion2 = (bytes: Uint8Array): ProxyHeader => {
  if (bytes.length < 16) return { kind: "incomplete" };
  const [version, command] = [(bytes[12] ?? 0) >> 4, (bytes[12] ?? 0) & 15];
  const length = ((bytes[14] ?? 0) << 8) | (bytes[15] ?? 0);
  if (version !== 2 || command > 1) return bad("its version or command is unknown");
  if (length > maxLength2) return bad(`it announces ${length} bytes, more than ${maxLength2}`);
  if (bytes.length < 16 + length) return { kind: "incomplete" };
  const from = sourceOf(command, bytes[13] ?? 0, bytes.subarray(16, 16 + length));
  return { kind: "header", version: 2, from, length: 16 + length };
};

/** Reads the PROXY header at the start of a connection, if there is one. */
export function readProxyHeader(bytes: Uint8Array): ProxyHeader {
  if (isPrefix(bytes, signature1))
    return bytes.length < signature1.length ? { kind: "incomplete" } : readVersion1(bytes);
  if (isPrefix(bytes, signature2))
    return bytes.length < signature2.length ? { kind: "incomplete" } : readVersion2(bytes);
  return { kind: "none" };
}
