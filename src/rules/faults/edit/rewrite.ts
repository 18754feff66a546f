// A message's bytes with another payload: the frames taken apart, their payload handed out, and one frame
// made of what comes back. It keeps opcode and reserved bits of the first frame, FIN of the last, and the
// masking key of the first (RFC 6455 section 5.2); the length is right and in its shortest form.

import { concat } from "../../../base/bytes.js";
import { encodeFrame, type FrameHeader, payloadOf, readHeader } from "../../../wire/websocket/frame.js";

/** The bytes of one frame with the payload that `edit` makes of the message's. */
export function rewrite(message: Uint8Array, edit: (payload: Uint8Array) => Uint8Array): Uint8Array {
  const payloads: Uint8Array[] = [];
  let first: FrameHeader | undefined;
  let fin = true;
  for (let at = 0; at < message.length; ) {
    const header = readHeader(message, at);
    if (header === undefined) break;
    const end = at + header.headerLength + header.declaredLength;
    payloads.push(payloadOf({ ...header, raw: message.subarray(at, end) }));
    first ??= header;
    fin = header.fin;
    at = end;
  }
  if (first === undefined) return message;
  return encodeFrame({
    fin,
    rsv: first.rsv,
    opcode: first.opcode,
    mask: first.mask,
    payload: edit(concat(payloads)),
  });
}
