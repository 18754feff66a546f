// Additional messages as bytes: ids that no peer uses, the text of each message type, and a frame with the mask of another
// message.

import { utf8 } from "../../../base/bytes.js";
import { encodeFrame, opcodes, readHeader } from "../../../wire/websocket/frame.js";

/** A message id of 17 characters, from a random number. */
export function ownId(draw: number): string {
  return `vcr-${Math.floor(draw * 2 ** 52)
    .toString(16)
    .padStart(13, "0")}`;
}

/** The text of a CALL; `payload` is JSON. */
export function callText(id: string, action: string, payload: string): string {
  return `[2,${JSON.stringify(id)},${JSON.stringify(action)},${payload}]`;
}

/** The text of a SEND (OCPP 2.1). */
export function sendText(id: string, action: string, payload: string): string {
  return `[6,${JSON.stringify(id)},${JSON.stringify(action)},${payload}]`;
}

/** The text of a CALLRESULT. */
export function resultText(id: string, payload: string): string {
  return `[3,${JSON.stringify(id)},${payload}]`;
}

/** The text of a CALLERROR. */
export function errorText(id: string, code: string, description: string, details: string): string {
  return `[4,${JSON.stringify(id)},${JSON.stringify(code)},${JSON.stringify(description)},${details}]`;
}

/** A text frame with the mask of this message (RFC 6455 section 5.3). */
export function frameBeside(message: Uint8Array, text: string): Uint8Array {
  return encodeFrame({ opcode: opcodes.text, payload: utf8(text), mask: readHeader(message, 0)?.mask });
}
