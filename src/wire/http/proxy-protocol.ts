// The PROXY protocol, versions 1 and 2 (HAProxy, proxy-protocol.txt of 2020): the header that a balancer puts in
// front of a connection to say whose it is. Total and bounded; what the header says is believed by nobody here.

import { fromLatin1, latin1, sameBytes } from "../../base/bytes.js";

/** What the beginning of a connection is. */
export type ProxyHeader =
  /** It may become a header with more bytes. */
  | { readonly kind: "incomplete" }
  /** It does not begin with a header. */
  | { readonly kind: "none" }
  | { readonly kind: "bad"; readonly why: string }
  | {
      readonly kind: "header";
      readonly version: 1 | 2;
      /** Whose connection it is, `address:port`; undefined where the header does not say. */
      readonly from: string | undefined;
      /** Bytes of the header. */
      readonly length: number;
    };

const signature2 = Uint8Array.of(13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10);
const signature1 = fromLatin1("PROXY ");
/** Longest header of version 1 with its line end (section 2.1). */
const longest1 = 107;
/** A header of version 2 may announce 65,535 bytes; nobody needs so many in front of a charger. */
const longest2 = 4096;

const begins = (bytes: Uint8Array, signature: Uint8Array): boolean => {
  const length = Math.min(bytes.length, signature.length);
  return sameBytes(bytes.subarray(0, length), signature.subarray(0, length));
};

const bad = (why: string): ProxyHeader => ({ kind: "bad", why });

const endpoint = (address: string, port: number): string =>
  address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;

const line1 =
  /^PROXY (?:UNKNOWN(?: .*)?|(TCP4|TCP6) ([0-9A-Fa-f.:]{2,45}) [0-9A-Fa-f.:]{2,45} (\d{1,5}) \d{1,5})$/;

const readVersion1 = (bytes: Uint8Array): ProxyHeader => {
  const end = bytes.subarray(0, longest1).indexOf(10);
  if (end < 0) return bytes.length < longest1 ? { kind: "incomplete" } : bad("its line does not end");
  const line = latin1(bytes.subarray(0, end)).replace(/\r$/, "");
  const found = line1.exec(line);
  if (found === null) return bad("its line is not PROXY TCP4|TCP6|UNKNOWN with addresses and ports");
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

/** Where the source stands behind the 16 fixed bytes: nothing for LOCAL, unix sockets and unknown families. */
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
  if (length > longest2) return bad(`it announces ${length} bytes`);
  if (bytes.length < 16 + length) return { kind: "incomplete" };
  const from = sourceOf(command, bytes[13] ?? 0, bytes.subarray(16, 16 + length));
  return { kind: "header", version: 2, from, length: 16 + length };
};

/** Reads the header that a connection may begin with. */
export function readProxyHeader(bytes: Uint8Array): ProxyHeader {
  if (begins(bytes, signature1))
    return bytes.length < signature1.length ? { kind: "incomplete" } : readVersion1(bytes);
  if (begins(bytes, signature2))
    return bytes.length < signature2.length ? { kind: "incomplete" } : readVersion2(bytes);
  return { kind: "none" };
}
