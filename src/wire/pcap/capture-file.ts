// Reads the packets and their times from capture files: libpcap's format (both byte orders, micro- and nanoseconds) and
// pcapng (draft-ietf-opsawg-pcapng). Never throws: reading ends at a broken or incomplete packet with a finding, and the
// packets before it are kept.

import { type Capture, type CapturedPacket, createView, type View } from "./capture.js";
import { readPcapng } from "./pcapng.js";

interface PcapKind {
  readonly little: boolean;
  readonly nanoseconds: boolean;
}

const kinds: ReadonlyMap<number, PcapKind> = new Map([
  [0xa1b2c3d4, { little: false, nanoseconds: false }],
  [0xd4c3b2a1, { little: true, nanoseconds: false }],
  [0xa1b23c4d, { little: false, nanoseconds: true }],
  [0x4d3cb2a1, { little: true, nanoseconds: true }],
]);

const fileHeader = 24;
const recordHeader = 16;
/** Longest packet in bytes; a larger length means that the file is broken. */
const largestPacket = 0x100_0000;

const readPcap = (bytes: Uint8Array, { little, nanoseconds }: PcapKind): Capture => {
  const view: View = createView(bytes, little);
  const packets: CapturedPacket[] = [];
  const findings: string[] = [];
  // The upper bits of this field tell whether frames end with a checksum.
  const link = view.u32(20) & 0xffff;
  let at = fileHeader;
  while (at < bytes.length) {
    const captured = view.u32(at + 8);
    if (
      bytes.length - at < recordHeader ||
      captured > largestPacket ||
      bytes.length - at - recordHeader < captured
    ) {
      findings.push(`the packet at byte ${at} is incomplete or broken; the rest of the file is not read`);
      break;
    }
    const fraction = BigInt(view.u32(at + 4)) * (nanoseconds ? 1n : 1000n);
    const body = at + recordHeader;
    packets.push({
      atNs: BigInt(view.u32(at)) * 1_000_000_000n + fraction,
      link,
      bytes: bytes.subarray(body, body + captured),
      length: view.u32(at + 12),
    });
    at = body + captured;
  }
  return { packets, findings, hasSecrets: false };
};

/** Reads a capture file; `why` if it is not one. */
export function readCapture(bytes: Uint8Array): Capture | { readonly why: string } {
  const magic = createView(bytes, false).u32(0);
  const kind = kinds.get(magic);
  if (kind !== undefined)
    return bytes.length < fileHeader ? { why: "the file ends inside its header" } : readPcap(bytes, kind);
  if (magic === 0x0a0d0d0a) return readPcapng(bytes);
  if (magic >>> 16 === 0x1f8b) return { why: "the file is compressed with gzip; unpack it first" };
  return { why: "the file is neither pcap nor pcapng" };
}
