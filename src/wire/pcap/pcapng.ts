// Reads the packets of a pcapng file (draft-ietf-opsawg-pcapng): sections in either byte order, interfaces with their time
// resolution, and enhanced, simple and old packet blocks. Other blocks are skipped. Never throws.

import { type Capture, type CapturedPacket, createView, type View } from "./capture.js";

const blocks = {
  section: 0x0a0d0d0a,
  interface: 1,
  oldPacket: 2,
  simplePacket: 3,
  enhancedPacket: 6,
  secrets: 10,
} as const;

const options = { resolution: 9, offset: 14 } as const;

interface Interface {
  readonly link: number;
  readonly snapLength: number;
  /** Time stamp units per second. */
  readonly perSecond: bigint;
  /** Seconds to add to the time stamps. */
  readonly offset: bigint;
}

/** Finest accepted time resolution, as a power of 10 or 2; larger powers would only cost time. */
const finestPower = 30;

const perSecondOf = (code: number): bigint => {
  const power = BigInt(Math.min(code & 0x7f, finestPower));
  return (code & 0x80) === 0 ? 10n ** power : 2n ** power;
};

class PcapngReader {
  readonly packets: CapturedPacket[] = [];
  readonly findings: string[] = [];
  hasSecrets = false;
  private readonly bytes: Uint8Array;
  private view: View;
  private little = true;
  private interfaces: Interface[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = createView(bytes, true);
  }

  read(): void {
    let at = 0;
    while (at < this.bytes.length) {
      const type =
        createView(this.bytes, false).u32(at) === blocks.section ? blocks.section : this.view.u32(at);
      if (type === blocks.section && !this.startSection(at)) break;
      const length = this.view.u32(at + 4);
      if (length < 12 || length % 4 !== 0 || this.bytes.length - at < length) {
        this.findings.push(
          `the block at byte ${at} is incomplete or broken; the rest of the file is not read`,
        );
        break;
      }
      this.block(type, at + 8, at + length - 4);
      at += length;
    }
  }

  /** Starts a section and reads its byte order. */
  private startSection(at: number): boolean {
    const order = createView(this.bytes, true).u32(at + 8);
    if (order !== 0x1a2b3c4d && order !== 0x4d3c2b1a) {
      this.findings.push(`the section at byte ${at} has no valid byte order`);
      return false;
    }
    this.little = order === 0x1a2b3c4d;
    this.view = createView(this.bytes, this.little);
    this.interfaces = [];
    return true;
  }

  private block(type: number, at: number, end: number): void {
    switch (type) {
      case blocks.interface:
        this.interfaces.push(this.interfaceAt(at, end));
        break;
      case blocks.enhancedPacket:
        this.packet(this.view.u32(at), at + 4, at + 20, end);
        break;
      case blocks.oldPacket:
        this.packet(this.view.u16(at), at + 4, at + 20, end);
        break;
      case blocks.simplePacket:
        this.simplePacket(at, end);
        break;
      case blocks.secrets:
        this.hasSecrets = true;
        break;
      default:
        break;
    }
  }

  private interfaceAt(at: number, end: number): Interface {
    let [perSecond, offset] = [1_000_000n, 0n];
    let next = at + 8;
    while (next + 4 <= end) {
      const code = this.view.u16(next);
      const length = this.view.u16(next + 2);
      if (code === 0) break;
      if (code === options.resolution && length === 1) perSecond = perSecondOf(this.view.u8(next + 4));
      if (code === options.offset && length === 8) offset = BigInt.asIntN(64, this.u64(next + 4));
      next += 4 + Math.ceil(length / 4) * 4;
    }
    return { link: this.view.u16(at), snapLength: this.view.u32(at + 4), perSecond, offset };
  }

  /** A 64-bit number in the section's byte order. */
  private u64(at: number): bigint {
    const [first, second] = [BigInt(this.view.u32(at)), BigInt(this.view.u32(at + 4))];
    return this.little ? first + (second << 32n) : (first << 32n) + second;
  }

  private packet(number: number, timeAt: number, dataAt: number, end: number): void {
    const from = this.interfaces[number];
    const captured = this.view.u32(timeAt + 8);
    if (from === undefined || dataAt + captured > end) {
      this.findings.push(
        `the packet at byte ${dataAt} names an unknown interface, or is longer than its block`,
      );
      return;
    }
    const units = (BigInt(this.view.u32(timeAt)) << 32n) + BigInt(this.view.u32(timeAt + 4));
    this.packets.push({
      atNs: (units * 1_000_000_000n) / from.perSecond + from.offset * 1_000_000_000n,
      link: from.link,
      bytes: this.bytes.subarray(dataAt, dataAt + captured),
      length: this.view.u32(timeAt + 12),
    });
  }

  /** Reads a simple packet, which has no time and belongs to the first interface. */
  private simplePacket(at: number, end: number): void {
    const from = this.interfaces[0];
    const length = this.view.u32(at);
    if (from === undefined) {
      this.findings.push(`the packet at byte ${at} names an unknown interface`);
      return;
    }
    const captured = Math.min(length, from.snapLength === 0 ? length : from.snapLength, end - at - 4);
    this.packets.push({
      atNs: null,
      link: from.link,
      bytes: this.bytes.subarray(at + 4, at + 4 + captured),
      length,
    });
  }
}

/** Reads the blocks of a pcapng file. */
export function readPcapng(bytes: Uint8Array): Capture {
  const reader = new PcapngReader(bytes);
  reader.read();
  const { packets, hasSecrets } = reader;
  // A broken file can produce a finding for every packet.
  const findings = reader.findings.length > 20 ? [...reader.findings.slice(0, 20), "..."] : reader.findings;
  return { packets, findings, hasSecrets };
}
