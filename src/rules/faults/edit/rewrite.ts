// Replaces the payload of a message. The result is one frame with opcode, reserved bits and masking key of the first frame
// and FIN of the last (RFC 6455 section 5.2); its length is right and in the shortest form.

import { concat } from "../../../base/bytes.js";
import { encodeFrame, type FrameHeader, payloadOf, readHeader } from "../../../wire/websocket/frame.js";

/** The message as one frame with the payload that `edit` returns. */
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
