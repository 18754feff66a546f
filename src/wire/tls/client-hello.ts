// Reads the ClientHello of a TLS connection (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2): what the client offers.
// It is read before the TLS library gets the bytes, because the library does not report it for a failed handshake. Never
// throws, and limits the length.

import { concat, latin1 } from "../../base/bytes.js";

/** What a ClientHello offers. The numbers are those of the IANA registries. */
export interface ClientHello {
  /** The offered versions, highest first: from supported_versions, else the legacy version. */
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  /** The server name in SNI; undefined if there is none. */
  readonly serverName: string | undefined;
  readonly alpn: readonly string[];
  readonly groups: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  /** The requested maximum fragment length in bytes (RFC 6066 section 4); undefined if not requested. */
  readonly maxFragmentLength: number | undefined;
}

/** The result of reading the first bytes of a connection. */
export type HelloResult =
  | { readonly kind: "incomplete" }
  | { readonly kind: "not-tls" }
  | { readonly kind: "hello"; readonly hello: ClientHello }
  | { readonly kind: "unreadable"; readonly why: string };

const handshakeRecord = 22;
const clientHello = 1;
const maxHelloLength = 16_384;
const maxRecordLength = 16_384;

/** Reads bytes in order; reading beyond the end gives what is left and sets `broken`. */
class Reader {
  broken = false;
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  number(size: number): number {
    let value = 0;
    for (const byte of this.take(size)) value = value * 256 + byte;
    return value;
  }

  take(size: number): Uint8Array {
    if (size > this.left) this.broken = true;
    const taken = this.bytes.subarray(this.at, this.at + size);
    this.at += taken.length;
    return taken;
  }

  /** A vector that starts with its length, in this many bytes. */
  vector(lengthSize: number): Reader {
    return new Reader(this.take(this.number(lengthSize)));
  }

  /** The rest as numbers of this many bytes each. */
  numbers(size: number): readonly number[] {
    const all: number[] = [];
    while (this.left >= size) all.push(this.number(size));
    return all;
  }
}

/** Reads the ClientHello at the start of a connection. */
export function readClientHello(bytes: Uint8Array): HelloResult {
  const [type, major] = bytes;
  if (type === undefined) return { kind: "incomplete" };
  if (type !== handshakeRecord || (major !== undefined && major !== 3)) return { kind: "not-tls" };
  const message = handshakeBytes(bytes);
  if (message === "broken") return unreadable("its first records are not a handshake");
  if (message === undefined)
    return bytes.length > maxHelloLength
      ? unreadable("its ClientHello is longer than 16 KiB")
      : { kind: "incomplete" };
  if (message[0] !== clientHello) return unreadable("its first message is not a ClientHello");
  const body = new Reader(message.subarray(4));
  const hello = parseHello(body);
  return hello === undefined
    ? unreadable("its ClientHello is incomplete or malformed")
    : { kind: "hello", hello };
}

const unreadable = (why: string): HelloResult => ({ kind: "unreadable", why });

/** The body of the first record: "broken" if it is not a handshake record, undefined while bytes are missing. */
const recordIn = (bytes: Uint8Array): Uint8Array | "broken" | undefined => {
  if (bytes.length < 5) return bytes.length > 0 && bytes[0] !== handshakeRecord ? "broken" : undefined;
  const length = ((bytes[3] ?? 0) << 8) | (bytes[4] ?? 0);
  if (bytes[0] !== handshakeRecord || length === 0 || length > maxRecordLength) return "broken";
  return bytes.length < 5 + length ? undefined : bytes.subarray(5, 5 + length);
};

/** The first handshake message, joined from one or more records; undefined while bytes are missing. */
const handshakeBytes = (bytes: Uint8Array): Uint8Array | "broken" | undefined => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const record = recordIn(bytes.subarray(at));
    if (record === undefined || record === "broken") return record;
    parts.push(record);
    at += 5 + record.length;
    const whole = concat(parts);
    const wanted = 4 + (((whole[1] ?? 0) << 16) | ((whole[2] ?? 0) << 8) | (whole[3] ?? 0));
    if (whole.length >= 4 && whole.length >= wanted) return whole.subarray(0, wanted);
  }
  return undefined;
};

const parseHello = (body: Reader): ClientHello | undefined => {
  const legacyVersion = body.number(2);
  body.take(32);
  body.vector(1);
  const suites = body.vector(2).numbers(2);
  body.vector(1);
  const extensions = new Map<number, Reader>();
  if (body.left > 0) {
    const list = body.vector(2);
    while (list.left >= 4) extensions.set(list.number(2), list.vector(2));
    if (list.broken) return undefined;
  }
  if (body.broken) return undefined;
  const versions = extensions.get(43)?.vector(1).numbers(2) ?? [legacyVersion];
  return {
    versions: [...versions].sort((a, b) => b - a),
    suites,
    serverName: serverNameOf(extensions.get(0)),
    alpn: alpnOf(extensions.get(16)),
    groups: extensions.get(10)?.vector(2).numbers(2) ?? [],
    signatureAlgorithms: extensions.get(13)?.vector(2).numbers(2) ?? [],
    maxFragmentLength: fragmentOf(extensions.get(1)),
  };
};

const serverNameOf = (extension: Reader | undefined): string | undefined => {
  const list = extension?.vector(2);
  while (list !== undefined && list.left >= 3) {
    const type = list.number(1);
    const name = list.vector(2);
    if (type === 0) return latin1(name.take(name.left));
  }
  return undefined;
};

const alpnOf = (extension: Reader | undefined): readonly string[] => {
  const names: string[] = [];
  const list = extension?.vector(2);
  while (list !== undefined && list.left >= 1) {
    const name = list.vector(1);
    names.push(latin1(name.take(name.left)));
  }
  return names;
};

const fragmentOf = (extension: Reader | undefined): number | undefined => {
  const code = extension?.number(1);
  return code !== undefined && code >= 1 && code <= 4 ? 256 << code : undefined;
};
