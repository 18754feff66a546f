// How `rules test` prints the bytes of messages and HTTP heads: as text if possible, with the frame headers if only these
// differ.

import { exactText, hex, sameBytes } from "../../base/bytes.js";
import { type FrameView, isControl, payloadOf } from "../../wire/websocket/frame.js";
import { createScanner } from "../../wire/websocket/scanner.js";

const largestFrame = 16 * 1024 * 1024;

/** Whether two messages have the same text in different frames. */
export function differsInHeaders(original: Uint8Array, copy: Uint8Array): boolean {
  return messageText(original) === messageText(copy) && !sameBytes(original, copy);
}

/** The headers of complete frames in hex: `[a18f]`. */
export function headersOf(bytes: Uint8Array): string {
  const headers = createScanner(largestFrame)
    .push(bytes)
    .map((piece) => (piece.kind === "frame" ? hex(bytesOfHeader(piece.frame)) : "?"));
  return `[${headers.join(" ")}]`;
}

const bytesOfHeader = ({ raw, headerLength }: FrameView): Uint8Array => raw.subarray(0, headerLength);

/** The text of a message's frames; bytes that are not frames, or not text, in hex. */
export function messageText(bytes: Uint8Array): string {
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

/** An HTTP head as text; bytes that are not text in hex. */
export function headText(bytes: Uint8Array): string {
  return exactText(bytes) ?? `bytes ${hex(bytes)}`;
}
