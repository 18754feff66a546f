// Bytes of messages and heads as `rules test` prints them: texts where they are texts, headers of frames where those
// alone differ.

import { exactText, hex, sameBytes } from "../../base/bytes.js";
import { type FrameView, isControl, payloadOf } from "../../wire/websocket/frame.js";
import { createScanner } from "../../wire/websocket/scanner.js";

const largestFrame = 16 * 1024 * 1024;

/** Whether two messages say the same in other frames. */
export function differsInHeaders(original: Uint8Array, copy: Uint8Array): boolean {
  return said(original) === said(copy) && !sameBytes(original, copy);
}

/** The headers of whole frames, as digits: `[a18f]`. */
export function headersOf(bytes: Uint8Array): string {
  const headers = createScanner(largestFrame)
    .push(bytes)
    .map((piece) => (piece.kind === "frame" ? hex(bytesOfHeader(piece.frame)) : "?"));
  return `[${headers.join(" ")}]`;
}

const bytesOfHeader = ({ raw, headerLength }: FrameView): Uint8Array => raw.subarray(0, headerLength);

/** The text of a message's frames; bytes that are no frames, or no text, as digits. */
export function said(bytes: Uint8Array): string {
  const scanner = createScanner(largestFrame);
  const words = scanner.push(bytes).map((piece) => {
    if (piece.kind !== "frame") return `bytes ${hex(piece.bytes)}`;
    const payload = payloadOf(piece.frame);
    const text = exactText(payload) ?? `bytes ${hex(payload)}`;
    return isControl(piece.frame.opcode) ? `control frame ${piece.frame.opcode} ${text}` : text;
  });
  const rest = scanner.pending();
  return [...words, ...(rest.length > 0 ? [`bytes ${hex(rest)}`] : [])].join(" | ");
}

/** A head of HTTP; other bytes as digits. */
export function headText(bytes: Uint8Array): string {
  return exactText(bytes) ?? `bytes ${hex(bytes)}`;
}
