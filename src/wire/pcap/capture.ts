// The contents of a capture file in any format: packets with their times, and findings. Also reads numbers in either byte
// order.

/** One captured packet. */
export interface CapturedPacket {
  /** Nanoseconds since 1970; null if the file has no times. */
  readonly atNs: bigint | null;
  /** Type of the link-layer header: a LINKTYPE_ number of tcpdump.org. */
  readonly link: number;
  readonly bytes: Uint8Array;
  /** Length on the wire in bytes; `bytes` may be shorter. */
  readonly length: number;
}

/** The contents of a capture file. */
export interface Capture {
  readonly packets: readonly CapturedPacket[];
  /** Sentences about what is broken or left out. */
  readonly findings: readonly string[];
  /** Whether the file contains TLS session secrets. */
  readonly hasSecrets: boolean;
}

/** Reads unsigned numbers at an offset; bytes beyond the end are 0. */
export interface View {
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
}

/** Makes a view of the bytes in this byte order. */
export function createView(bytes: Uint8Array, little: boolean): View {
  const u8 = (at: number): number => bytes[at] ?? 0;
  const u16 = (at: number): number => (little ? u8(at) + u8(at + 1) * 256 : u8(at) * 256 + u8(at + 1));
  const u32 = (at: number): number =>
    little ? u16(at) + u16(at + 2) * 65_536 : u16(at) * 65_536 + u16(at + 2);
  return { u8, u16, u32 };
}
