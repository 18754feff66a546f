// One WebSocket frame as it was on the wire (RFC 6455 section 5.2), valid or not. A view keeps the raw bytes and does not
// check them; a payload is unmasked into a new array, and only when it is read.

/** How many bits hold the payload length: 7, 16 or 64; not always the shortest form. */
export type LengthForm = 7 | 16 | 64;

/** The header of a frame, as read. */
export interface FrameHeader {
  readonly fin: boolean;
  /** The three reserved bits, RSV1 = 4, RSV2 = 2, RSV3 = 1. */
  readonly rsv: number;
  readonly opcode: number;
  /** The four bytes of the masking key; undefined for an unmasked frame. */
  readonly mask: Uint8Array | undefined;
  readonly lengthForm: LengthForm;
  /** The payload length in bytes that the header declares; exact up to 2^53. */
  readonly declaredLength: number;
  /** Length of the header in bytes, masking key included. */
  readonly headerLength: number;
}

/** A complete frame: its header and all its bytes. */
export interface FrameView extends FrameHeader {
  /** Header and payload as received; never changed. */
  readonly raw: Uint8Array;
}

/** The opcodes of RFC 6455 section 11.8. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Whether this is the opcode of a control frame (its highest bit is set; RFC 6455 section 5.5). */
export function isControl(opcode: number): boolean {
  return opcode >= 8;
}

/** The unmasked payload: a new array for a masked frame, else a view of `raw`. */
export function payloadOf(frame: FrameView): Uint8Array {
  const body = frame.raw.subarray(frame.headerLength);
  return frame.mask === undefined ? body : applyMask(body, frame.mask);
}

/** A new array with the bytes masked or unmasked (RFC 6455 section 5.3); `offset` is their position in the payload. */
export function applyMask(bytes: Uint8Array, mask: Uint8Array, offset = 0): Uint8Array {
  // Not slice: the slice of a Buffer is a view, and the received bytes must not change.
  const out = new Uint8Array(bytes);
  combine(out, out.length, mask, offset);
  return out;
}

/** Writes the unmasked payload of a frame to the start of `out`, which must be large enough; returns its length. */
export function unmaskInto(out: Uint8Array, { raw, headerLength, mask }: FrameView): number {
  const length = raw.length - headerLength;
  out.set(new Uint8Array(raw.buffer, raw.byteOffset + headerLength, length));
  if (mask !== undefined) combine(out, length, mask, 0);
  return length;
}

const keyBytes = new Uint8Array(4);
const keyWords = new Uint32Array(keyBytes.buffer);

/** Applies the mask to the first `length` bytes, four at a time; `out` must start at a multiple of 4 in its buffer. */
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

/** The frame to encode; invalid frames are possible. */
export interface FrameParts {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly opcode: number;
  readonly payload: Uint8Array;
  readonly mask?: Uint8Array | undefined;
  /** Default: the shortest valid form. */
  readonly lengthForm?: LengthForm | undefined;
  /** The length that the header declares; default: the length of the payload. */
  readonly declaredLength?: number | undefined;
}

/** The masking key of our own frames to the CSMS (RFC 6455 section 5.3 requires one); it is fixed, so that runs give equal cassettes. */
export const ownMask: Uint8Array = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

const shortestForm = (length: number): LengthForm => (length < 126 ? 7 : length < 65536 ? 16 : 64);

/** Writes a number big-endian in this many bytes. */
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

/** Reads the header at offset `at`; undefined while bytes are missing. Any bytes are a header. */
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
    // Not subarray: the one of a Buffer is slower, and this runs for every frame.
    mask: masked ? new Uint8Array(bytes.buffer, bytes.byteOffset + maskAt, 4) : undefined,
    lengthForm,
    declaredLength,
    headerLength,
  };
}

/** Makes the view of a frame. The fields are copied one by one, because spreading is slower. */
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

/** Reads one frame; undefined if the bytes are not exactly one frame. */
export function readFrame(raw: Uint8Array): FrameView | undefined {
  const header = readHeader(raw, 0);
  if (header === undefined || header.headerLength + header.declaredLength !== raw.length) return undefined;
  return frameView(header, raw);
}
