// Octets of messages and heads as `rules test` prints them: texts where they are texts, headers of frames where those
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
export function headersOf(octets: Uint8Array): string {
  const headers = createScanner(largestFrame)
    .push(octets)
    .map((piece) => (piece.kind === "frame" ? hex(octetsOfHeader(piece.frame)) : "?"));
  return `[${headers.join(" ")}]`;
}

const octetsOfHeader = ({ raw, headerLength }: FrameView): Uint8Array => raw.subarray(0, headerLength);

/** The text of a message's frames; octets that are no frames, or no text, as digits. */
export function said(octets: Uint8Array): string {
  const scanner = createScanner(largestFrame);
  const words = scanner.push(octets).map((piece) => {
    if (piece.kind !== "frame") return `octets ${hex(piece.octets)}`;
    const payload = payloadOf(piece.frame);
    const text = exactText(payload) ?? `octets ${hex(payload)}`;
    return isControl(piece.frame.opcode) ? `control frame ${piece.frame.opcode} ${text}` : text;
  });
  const rest = scanner.pending();
  return [...words, ...(rest.length > 0 ? [`octets ${hex(rest)}`] : [])].join(" | ");
}

/** A head of HTTP; other octets as digits. */
export function headText(octets: Uint8Array): string {
  return exactText(octets) ?? `octets ${hex(octets)}`;
}
