// What capture files are made of, whatever their format: packets with their times, what could not be read, and
// numbers in either byte order. Knows nothing of what packets hold.

/** One captured packet. */
export interface CapturedPacket {
  /** Nanoseconds since 1970; null where the file has none. */
  readonly at: bigint | null;
  /** Which link-layer header it begins with: a LINKTYPE_ number of tcpdump.org. */
  readonly link: number;
  readonly bytes: Uint8Array;
  /** Bytes that it had on the wire. */
  readonly length: number;
}

/** What a capture file holds. */
export interface Capture {
  readonly packets: readonly CapturedPacket[];
  /** What is broken or left out, in sentences. */
  readonly findings: readonly string[];
  /** Whether it carries the secrets of TLS sessions. */
  readonly hasSecrets: boolean;
}

/** Reads numbers at an offset. */
export interface View {
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
}

/** Reads bytes in this byte order. */
export function createView(bytes: Uint8Array, little: boolean): View {
  const u8 = (at: number): number => bytes[at] ?? 0;
  const u16 = (at: number): number => (little ? u8(at) + u8(at + 1) * 256 : u8(at) * 256 + u8(at + 1));
  const u32 = (at: number): number =>
    little ? u16(at) + u16(at + 2) * 65_536 : u16(at) * 65_536 + u16(at + 2);
  return { u8, u16, u32 };
}
