// Recognises the start of a frame in a stream whose start is missing, for captures that began late or have holes. Frames
// nearly always start at the start of a TCP segment; a header that no peer would write is not one (RFC 6455 section 5.2).

import { applyMask, type FrameHeader, isControl, opcodes, readHeader } from "./frame.js";

const knownOpcodes: ReadonlySet<number> = new Set(Object.values(opcodes));
const maxLength = 0x100_0000;

const isSaneLength = ({ lengthForm, declaredLength }: FrameHeader): boolean => {
  if (declaredLength > maxLength) return false;
  if (lengthForm === 16) return declaredLength > 125;
  return lengthForm === 7 || declaredLength > 65_535;
};

const isSaneHeader = (header: FrameHeader, isMasked: boolean): boolean => {
  const { opcode, rsv, fin, declaredLength, mask } = header;
  if (!knownOpcodes.has(opcode) || (rsv !== 0 && rsv !== 4) || (mask !== undefined) !== isMasked)
    return false;
  if (isControl(opcode)) return fin && rsv === 0 && declaredLength <= 125;
  if (opcode === opcodes.continuation && rsv !== 0) return false;
  return isSaneLength(header);
};

/** Whether the payload starts like an OCPP-J message: an array, perhaps after white space or a byte order mark. */
const startsMessage = (header: FrameHeader, body: Uint8Array): boolean => {
  if (header.opcode !== opcodes.text || header.rsv !== 0 || body.length === 0) return true;
  const start = body.subarray(0, 4);
  const [first = 0] = header.mask === undefined ? start : applyMask(start, header.mask);
  return first === 0x5b || first === 0x20 || first === 0x0a || first === 0x0d || first === 0xef;
};

/** Whether the bytes start with a frame and hold nothing but frames; `isMasked`: whether their sender masks. */
export function looksLikeFrame(bytes: Uint8Array, isMasked: boolean): boolean {
  let at = 0;
  while (at < bytes.length) {
    const header = readHeader(bytes, at);
    if (header === undefined) return at > 0;
    if (!isSaneHeader(header, isMasked)) return false;
    const body = at + header.headerLength;
    if (!startsMessage(header, bytes.subarray(body, body + header.declaredLength))) return false;
    at = body + header.declaredLength;
  }
  return bytes.length > 0;
}
