// Extracts TCP segments from captured packets: link layers (Ethernet, Linux cooked, loopback, raw IP), IPv4 and IPv6.
// Never throws. Checksums are not checked, because captures on the sending machine rarely have them. IP fragments are
// counted and not joined.

import { assertNever } from "../../base/assert-never.js";
import { type CapturedPacket, createView } from "./capture.js";

/** One end of a TCP connection. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A TCP segment as captured. */
export interface TcpSegment {
  /** Nanoseconds since 1970; null if the file has no times. */
  readonly atNs: bigint | null;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly sequence: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly reset: boolean;
  readonly payload: Uint8Array;
  /** How many bytes of the payload the capture left out. */
  readonly missing: number;
}

/** The result of unpacking a packet. */
export type UnpackedPacket =
  | { readonly kind: "tcp"; readonly segment: TcpSegment }
  /** A fragment of an IP packet. */
  | { readonly kind: "fragment" }
  /** Another protocol. */
  | { readonly kind: "other" }
  /** An unknown link layer. */
  | { readonly kind: "link" }
  /** The packet ends inside its headers. */
  | { readonly kind: "cut" };

type Inner = { readonly kind: "ip"; readonly at: number } | Exclude<UnpackedPacket, { kind: "tcp" }>;

const links = {
  null: 0,
  ethernet: 1,
  raw: [12, 14, 101, 228, 229],
  loop: 108,
  cooked: 113,
  cooked2: 276,
} as const;

const etherTypes = { ipv4: 0x0800, ipv6: 0x86dd } as const;
const vlanTags: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const big = (bytes: Uint8Array): ReturnType<typeof createView> => createView(bytes, false);

const byEtherType = (type: number, at: number): Inner =>
  type === etherTypes.ipv4 || type === etherTypes.ipv6 ? { kind: "ip", at } : { kind: "other" };

const inEthernet = (bytes: Uint8Array, typeAt: number): Inner => {
  const view = big(bytes);
  let at = typeAt;
  while (vlanTags.has(view.u16(at)) && at + 6 <= bytes.length) at += 4;
  return byEtherType(view.u16(at), at + 2);
};

const innerOf = ({ link, bytes }: CapturedPacket): Inner => {
  switch (link) {
    case links.ethernet:
      return inEthernet(bytes, 12);
    case links.cooked:
      return inEthernet(bytes, 14);
    case links.cooked2:
      return byEtherType(big(bytes).u16(0), 20);
    case links.null:
    case links.loop:
      return { kind: "ip", at: 4 };
    default:
      return (links.raw as readonly number[]).includes(link) ? { kind: "ip", at: 0 } : { kind: "link" };
  }
};

const ipv4Text = (bytes: Uint8Array): string => [...bytes].join(".");

/** Text form of RFC 5952: the longest run of at least two zero groups becomes `::`. */
const ipv6Text = (bytes: Uint8Array): string => {
  const view = big(bytes);
  const groups = Array.from({ length: 8 }, (_, i) => view.u16(i * 2).toString(16));
  let [from, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (groups[i + run] === "0") run++;
    if (run > length) [from, length] = [i, run];
  }
  if (from < 0) return groups.join(":");
  return `${groups.slice(0, from).join(":")}::${groups.slice(from + length).join(":")}`;
};

interface Ip {
  readonly from: string;
  readonly to: string;
  /** Header and payload of TCP as captured, and their length on the wire in bytes. */
  readonly bytes: Uint8Array;
  readonly length: number;
}

type IpResult = { readonly kind: "tcp"; readonly ip: Ip } | Exclude<UnpackedPacket, { kind: "tcp" }>;

const tcp = 6;

const readIpv4 = (bytes: Uint8Array, lengthOnWire: number): IpResult => {
  const view = big(bytes);
  const header = (view.u8(0) & 15) * 4;
  if (bytes.length < 20 || header < 20 || bytes.length < header) return { kind: "cut" };
  if ((view.u16(6) & 0x3fff) !== 0) return { kind: "fragment" };
  if (view.u8(9) !== tcp) return { kind: "other" };
  // 0 if the network card splits large segments itself.
  const total = view.u16(2) === 0 ? lengthOnWire : view.u16(2);
  const ip = {
    from: ipv4Text(bytes.subarray(12, 16)),
    to: ipv4Text(bytes.subarray(16, 20)),
    bytes: bytes.subarray(header, Math.max(header, total)),
    length: Math.max(0, total - header),
  };
  return { kind: "tcp", ip };
};

const extensions: ReadonlySet<number> = new Set([0, 43, 60, 135]);
const [fragmentHeader, authentication] = [44, 51];

const readIpv6 = (bytes: Uint8Array, lengthOnWire: number): IpResult => {
  const view = big(bytes);
  if (bytes.length < 40) return { kind: "cut" };
  let [next, at] = [view.u8(6), 40];
  while (at < bytes.length) {
    if (extensions.has(next)) [next, at] = [view.u8(at), at + 8 + view.u8(at + 1) * 8];
    else if (next === authentication) [next, at] = [view.u8(at), at + 8 + view.u8(at + 1) * 4];
    else break;
  }
  if (next === fragmentHeader) return { kind: "fragment" };
  if (next !== tcp) return { kind: "other" };
  const total = view.u16(4) === 0 ? lengthOnWire : 40 + view.u16(4);
  const ip = {
    from: ipv6Text(bytes.subarray(8, 24)),
    to: ipv6Text(bytes.subarray(24, 40)),
    bytes: bytes.subarray(at, Math.max(at, total)),
    length: Math.max(0, total - at),
  };
  return { kind: "tcp", ip };
};

const readTcp = ({ from, to, bytes, length }: Ip, atNs: bigint | null): UnpackedPacket => {
  const view = big(bytes);
  const header = (view.u8(12) >>> 4) * 4;
  if (bytes.length < 20 || header < 20) return { kind: "cut" };
  const flags = view.u8(13);
  const payload = bytes.subarray(header);
  const segment: TcpSegment = {
    atNs,
    from: { address: from, port: view.u16(0) },
    to: { address: to, port: view.u16(2) },
    sequence: view.u32(4),
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    reset: (flags & 4) !== 0,
    ack: (flags & 16) !== 0,
    payload,
    missing: Math.max(0, length - header - payload.length),
  };
  return { kind: "tcp", segment };
};

const readIp = (bytes: Uint8Array, lengthOnWire: number): IpResult => {
  switch ((bytes[0] ?? 0) >>> 4) {
    case 4:
      return readIpv4(bytes, lengthOnWire);
    case 6:
      return readIpv6(bytes, lengthOnWire);
    default:
      return bytes.length === 0 ? { kind: "cut" } : { kind: "other" };
  }
};

/** Extracts the TCP segment of a packet, if it has one. */
export function unpackPacket(packet: CapturedPacket): UnpackedPacket {
  const inner = innerOf(packet);
  switch (inner.kind) {
    case "ip": {
      const length = Math.max(0, packet.length - inner.at);
      const found = readIp(packet.bytes.subarray(inner.at), length);
      return found.kind === "tcp" ? readTcp(found.ip, packet.atNs) : found;
    }
    case "cut":
    case "fragment":
    case "link":
    case "other":
      return inner;
    default:
      return assertNever(inner);
  }
}
