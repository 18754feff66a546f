// Makes network captures: a conversation over TCP as packets of any link layer, in a pcap or pcapng file. The checksums are
// zero, as in captures on the sending machine.
import { concat, utf8 } from "../../../src/base/bytes.js";
import type { TcpSegment } from "../../../src/wire/pcap/ip-packets.js";

const big16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];
const big32 = (value: number): number[] => [...big16(value >>> 16), ...big16(value & 0xffff)];
const little = (bytes: readonly number[]): number[] => [...bytes].reverse();

/** One packet of a conversation. */
export interface Packet {
  /** Microseconds since the beginning. */
  readonly at: number;
  readonly segment: TcpSegment;
}

const charger = { address: "192.0.2.10", port: 50_000 };
const csms = { address: "192.0.2.1", port: 9000 };

/** A conversation of two peers; every call adds packets. */
export class Conversation {
  readonly packets: Packet[] = [];
  private readonly next = { charger: 0xffff_fff0, csms: 1000 };
  private now = 0;

  /** Adds the three packets that open a TCP connection. */
  open(): this {
    return this.send("charger", { syn: true }).send("csms", { syn: true, ack: true }).send("charger", {});
  }

  /** Adds a WebSocket handshake. */
  upgrade(identity = "CP1", more = ""): this {
    return this.say(
      "charger",
      utf8(
        `GET /ocpp/${identity} HTTP/1.1\r\nHost: csms.test:9000\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ocpp1.6\r\nAuthorization: Basic Q1AxOnNlY3JldA==\r\n\r\n`,
      ),
    ).say(
      "csms",
      utf8(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: ocpp1.6\r\n${more}\r\n`,
      ),
    );
  }

  say(from: "charger" | "csms", payload: Uint8Array): this {
    return this.send(from, { ack: true, payload });
  }

  end(from: "charger" | "csms"): this {
    return this.send(from, { ack: true, fin: true });
  }

  reset(from: "charger" | "csms"): this {
    return this.send(from, { reset: true });
  }

  private send(from: "charger" | "csms", parts: Partial<TcpSegment>): this {
    const payload = parts.payload ?? new Uint8Array(0);
    this.now += 1000;
    const sides = from === "charger" ? { from: charger, to: csms } : { from: csms, to: charger };
    const flags = { syn: false, ack: false, fin: false, reset: false, missing: 0 };
    const atNs = BigInt(this.now) * 1000n;
    const segment = { ...flags, ...sides, atNs, sequence: this.next[from], ...parts, payload };
    this.packets.push({ at: this.now, segment });
    this.next[from] =
      (this.next[from] + payload.length + (parts.syn === true || parts.fin === true ? 1 : 0)) >>> 0;
    return this;
  }
}

const tcpBytes = ({ from, to, sequence, syn, ack, fin, reset, payload }: TcpSegment): Uint8Array => {
  const flags = (fin ? 1 : 0) | (syn ? 2 : 0) | (reset ? 4 : 0) | (ack ? 16 : 0);
  const head = [...big16(from.port), ...big16(to.port), ...big32(sequence), 0, 0, 0, 0, 0x50, flags];
  return concat([Uint8Array.from([...head, 0xff, 0xff, 0, 0, 0, 0]), payload]);
};

const v4 = (address: string): number[] => address.split(".").map(Number);

/** The IP packet of a segment, of version 4 or 6 (addresses are mapped). */
export function ipBytes(segment: TcpSegment, version: 4 | 6 = 4): Uint8Array {
  const tcp = tcpBytes(segment);
  if (version === 4) {
    const head = [0x45, 0, ...big16(20 + tcp.length), 0, 0, 0x40, 0, 64, 6, 0, 0];
    return concat([Uint8Array.from([...head, ...v4(segment.from.address), ...v4(segment.to.address)]), tcp]);
  }
  const mapped = (address: string): number[] => [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...v4(address)];
  const head = [0x60, 0, 0, 0, ...big16(tcp.length), 6, 64];
  const sides = [...mapped(segment.from.address), ...mapped(segment.to.address)];
  return concat([Uint8Array.from([...head, ...sides]), tcp]);
}

/** The bytes before the IP packet, by link layer. */
export const linkHeaders: Readonly<
  Record<string, { readonly link: number; readonly bytes: readonly number[] }>
> = {
  ethernet: { link: 1, bytes: [...Array<number>(12).fill(2), 8, 0] },
  "ethernet with a VLAN": { link: 1, bytes: [...Array<number>(12).fill(2), 0x81, 0, 0, 5, 8, 0] },
  "Linux cooked": { link: 113, bytes: [...Array<number>(14).fill(0), 8, 0] },
  "Linux cooked 2": { link: 276, bytes: [8, 0, ...Array<number>(18).fill(0)] },
  loopback: { link: 0, bytes: [2, 0, 0, 0] },
  "raw IP": { link: 101, bytes: [] },
};

interface FileForm {
  readonly little?: boolean;
  readonly nanoseconds?: boolean;
  readonly link?: number;
  readonly before?: readonly number[];
  readonly version?: 4 | 6;
}

const start = 1_700_000_000;

/** A pcap file of these packets. */
export function pcapFile(packets: readonly Packet[], form: FileForm = {}): Uint8Array {
  const { little: isLittle = true, nanoseconds = false, link = 1, version = 4 } = form;
  const before = form.before ?? linkHeaders.ethernet?.bytes ?? [];
  const u16 = (value: number): number[] => (isLittle ? little(big16(value)) : big16(value));
  const u32 = (value: number): number[] => (isLittle ? little(big32(value)) : big32(value));
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  const head = [...u32(magic), ...u16(2), ...u16(4), ...u32(0), ...u32(0), ...u32(262_144), ...u32(link)];
  const records = packets.map(({ at, segment }) => {
    const bytes = concat([Uint8Array.from(before), ipBytes(segment, version)]);
    const fraction = (at % 1_000_000) * (nanoseconds ? 1000 : 1);
    const times = [...u32(start + Math.floor(at / 1_000_000)), ...u32(fraction)];
    return concat([Uint8Array.from([...times, ...u32(bytes.length), ...u32(bytes.length)]), bytes]);
  });
  return concat([Uint8Array.from(head), ...records]);
}

const padded = (bytes: Uint8Array): Uint8Array =>
  concat([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]);

/** A pcapng file of these packets, with nanoseconds. */
export function pcapngFile(packets: readonly Packet[], isLittle = true): Uint8Array {
  const u16 = (value: number): number[] => (isLittle ? little(big16(value)) : big16(value));
  const u32 = (value: number): number[] => (isLittle ? little(big32(value)) : big32(value));
  const block = (type: number, body: Uint8Array): Uint8Array => {
    const length = u32(body.length + 12);
    return concat([Uint8Array.from([...u32(type), ...length]), body, Uint8Array.from(length)]);
  };
  const section = [...u32(0x1a2b3c4d), ...u16(1), ...u16(0), ...Array<number>(8).fill(255)];
  const interfaces = [...u16(1), ...u16(0), ...u32(0), ...u16(9), ...u16(1), 9, 0, 0, 0, ...u32(0)];
  const blocks = packets.map(({ at, segment }) => {
    const bytes = concat([Uint8Array.from(linkHeaders.ethernet?.bytes ?? []), ipBytes(segment)]);
    const time = BigInt(start) * 1_000_000_000n + BigInt(at) * 1000n;
    const head = [...u32(0), ...u32(Number(time >> 32n)), ...u32(Number(time & 0xffff_ffffn))];
    const lengths = [...u32(bytes.length), ...u32(bytes.length)];
    return block(6, concat([Uint8Array.from([...head, ...lengths]), padded(bytes)]));
  });
  return concat([
    block(0x0a0d0d0a, Uint8Array.from(section)),
    block(99, utf8("what nobody knows...")),
    block(1, Uint8Array.from(interfaces)),
    ...blocks,
  ]);
}
