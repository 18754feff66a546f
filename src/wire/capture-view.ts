// Numbers out of octets in either byte order, for capture files and packets. Total: octets beyond the end are 0.

/** Reads numbers at an offset. */
export interface View {
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
}

/** Reads octets in this byte order. */
export function createView(octets: Uint8Array, little: boolean): View {
  const u8 = (at: number): number => octets[at] ?? 0;
  const u16 = (at: number): number => (little ? u8(at) + u8(at + 1) * 256 : u8(at) * 256 + u8(at + 1));
  const u32 = (at: number): number =>
    little ? u16(at) + u16(at + 2) * 65_536 : u16(at) * 65_536 + u16(at + 2);
  return { u8, u16, u32 };
}
