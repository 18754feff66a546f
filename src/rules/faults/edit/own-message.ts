// Messages of our own as bytes: ids that collide with no peer's, the text of each type, and the frame that a copy
// beside the peer's message needs.

import { utf8 } from "../../../base/bytes.js";
import { encodeFrame, opcodes, readHeader } from "../../../wire/websocket/frame.js";

/** An id of our own, made of a draw: 17 characters. */
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

/** A text frame that is masked as the message beside it (RFC 6455 section 5.3). */
export function frameBeside(message: Uint8Array, text: string): Uint8Array {
  return encodeFrame({ opcode: opcodes.text, payload: utf8(text), mask: readHeader(message, 0)?.mask });
}
