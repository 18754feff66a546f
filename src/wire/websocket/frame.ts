// One WebSocket frame as it lay on the wire (RFC 6455 section 5.2), legal or not. A view keeps the raw bytes
// and never judges them; payloads are unmasked into new arrays, only when somebody looks.

/** How the payload length was written: in 7 bits, in 16 or in 64 (which need not be the shortest way). */
export type LengthForm = 7 | 16 | 64;

/** The header of a frame, as found. */
export interface FrameHeader {
  readonly fin: boolean;
  /** The three reserved bits, RSV1 = 4, RSV2 = 2, RSV3 = 1. */
  readonly rsv: number;
  readonly opcode: number;
  /** The four bytes of the masking key, or undefined on an unmasked frame. */
  readonly mask: Uint8Array | undefined;
  readonly lengthForm: LengthForm;
  /** The payload length that the header declares; exact up to 2^53. */
  readonly declaredLength: number;
  /** Bytes of the header, masking key included. */
  readonly headerLength: number;
}

/** A whole frame: its header and every byte of it. */
export interface FrameView extends FrameHeader {
  /** Header and payload as they came; never written to. */
  readonly raw: Uint8Array;
}

/** The opcodes of RFC 6455 section 11.8. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Whether this opcode is a control frame's (the high bit of the four; RFC 6455 section 5.5). */
export function isControl(opcode: number): boolean {
  return opcode >= 8;
}

/** The payload with the masking key taken off; a new array if there was one, else a view. */
export function payloadOf(frame: FrameView): Uint8Array {
  const body = frame.raw.subarray(frame.headerLength);
  return frame.mask === undefined ? body : applyMask(body, frame.mask);
}

/** The bytes combined with the masking key (RFC 6455 section 5.3), in a new array; `offset` is where in the payload they start. */
export function applyMask(bytes: Uint8Array, mask: Uint8Array, offset = 0): Uint8Array {
  // Not slice: that of a Buffer is a view of the very bytes that came.
  const out = new Uint8Array(bytes);
  combine(out, out.length, mask, offset);
  return out;
}

/** Writes the unmasked payload of a frame to the beginning of an array that has room for it; gives its length. */
export function unmaskInto(out: Uint8Array, { raw, headerLength, mask }: FrameView): number {
  const length = raw.length - headerLength;
  out.set(new Uint8Array(raw.buffer, raw.byteOffset + headerLength, length));
  if (mask !== undefined) combine(out, length, mask, 0);
  return length;
}

const keyBytes = new Uint8Array(4);
const keyWords = new Uint32Array(keyBytes.buffer);

/** Combines the first bytes of an array that begins at a whole word, four at a time in the byte order of the machine. */
const combine = (out: Uint8Array, length: number, mask: Uint8Array, offset: number): void => {
  const words = length >> 2;
  if (words > 0) {
    for (let i = 0; i < 4; i++) keyBytes[i] = mask[(offset + i) & 3] ?? 0;
    const keyWord = keyWords[0] ?? 0;
    const view = new Uint32Array(out.buffer, out.byteOffset, words);
    for (let i = 0; i < words; i++) view[i] = (view[i] ?? 0) ^ keyWord;
  }
  for (let i = words * 4; i < length; i++) out[i] = (out[i] ?? 0) ^ (mask[(offset + i) & 3] ?? 0);
};

/** What to encode; everything that may be illegal can be said. */
export interface FrameParts {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly opcode: number;
  readonly payload: Uint8Array;
  readonly mask?: Uint8Array | undefined;
  /** Default: the shortest legal form. */
  readonly lengthForm?: LengthForm | undefined;
  /** What the header says; default: what there is. */
  readonly declaredLength?: number | undefined;
}

/** The masking key of frames of our own (RFC 6455 section 5.3 wants one towards the CSMS); a fixed one keeps cassettes equal. */
export const ownMask: Uint8Array = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

const shortestForm = (length: number): LengthForm => (length < 126 ? 7 : length < 65536 ? 16 : 64);

/** Writes a number in so many bytes, the highest first. */
const writeNumber = (out: Uint8Array, value: number, at: number, bytes: number): void => {
  let left = value;
  for (let i = at + bytes - 1; i >= at; i--) {
    out[i] = left % 256;
    left = Math.floor(left / 256);
  }
};

/** The bytes of a frame. */
export function encodeFrame(parts: FrameParts): Uint8Array {
  const { payload, mask, declaredLength: declared = payload.length } = parts;
  const { lengthForm: form = shortestForm(declared) } = parts;
  const lengthBytes = form === 7 ? 0 : form === 16 ? 2 : 8;
  const headerLength = 2 + lengthBytes + (mask === undefined ? 0 : 4);
  const out = new Uint8Array(headerLength + payload.length);
  out[0] = ((parts.fin ?? true) ? 0x80 : 0) | ((parts.rsv ?? 0) << 4) | parts.opcode;
  out[1] = (mask === undefined ? 0 : 0x80) | (form === 7 ? declared & 0x7f : form === 16 ? 126 : 127);
  writeNumber(out, declared, 2, lengthBytes);
  if (mask !== undefined) out.set(mask, headerLength - 4);
  out.set(mask === undefined ? payload : applyMask(payload, mask), headerLength);
  return out;
}

/** Reads a header at `at`; undefined while bytes are missing. Total: whatever the bytes say, they are a header. */
export function readHeader(
  bytes: Uint8Array,
  at: number,
  end: number = bytes.length,
): FrameHeader | undefined {
  if (end - at < 2) return undefined;
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const short = second & 0x7f;
  const lengthForm: LengthForm = short < 126 ? 7 : short === 126 ? 16 : 64;
  const lengthBytes = lengthForm === 7 ? 0 : lengthForm === 16 ? 2 : 8;
  const masked = (second & 0x80) !== 0;
  const headerLength = 2 + lengthBytes + (masked ? 4 : 0);
  if (end - at < headerLength) return undefined;
  let declaredLength = lengthForm === 7 ? short : 0;
  for (let i = 0; i < lengthBytes; i++) declaredLength = declaredLength * 256 + (bytes[at + 2 + i] ?? 0);
  const maskAt = at + 2 + lengthBytes;
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >>> 4) & 7,
    opcode: first & 15,
    // Not subarray: a Buffer's is slower, and this runs for every frame.
    mask: masked ? new Uint8Array(bytes.buffer, bytes.byteOffset + maskAt, 4) : undefined,
    lengthForm,
    declaredLength,
    headerLength,
  };
}

/** The view that a header and all bytes of its frame make; every field by its name, because spreading costs more. */
export function frameView(header: FrameHeader, raw: Uint8Array): FrameView {
  return {
    fin: header.fin,
    rsv: header.rsv,
    opcode: header.opcode,
    mask: header.mask,
    lengthForm: header.lengthForm,
    declaredLength: header.declaredLength,
    headerLength: header.headerLength,
    raw,
  };
}

/** Reads the frame that the bytes hold; undefined if they are not exactly one frame. */
export function readFrame(raw: Uint8Array): FrameView | undefined {
  const header = readHeader(raw, 0);
  if (header === undefined || header.headerLength + header.declaredLength !== raw.length) return undefined;
  return frameView(header, raw);
}
