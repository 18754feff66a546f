// Joins the messages of one direction from their frames for watchers that read along (RFC 6455 section 5.4): bounded,
// whatever comes, and compressed still. Knows nothing of what messages say.

import { concat } from "../../base/bytes.js";
import { applyMask, type FrameHeader, opcodes } from "../../wire/websocket/frame.js";

/** The largest message that watchers read, joined and inflated. */
export const largestMessage: number = 1024 * 1024;

/** What a frame is counted for besides its payload, so that empty ones cannot pile up. */
const bytesPerFrame = 64;

/** A message on its way. */
export interface PartialMessage {
  /** The frames of a message that is not whole yet; undefined between messages and for those not looked at. */
  parts: Uint8Array[] | undefined;
  compressed: boolean;
  bytes: number;
}

/** Nothing on its way. */
export function noPartialMessage(): PartialMessage {
  return { parts: undefined, compressed: false, bytes: 0 };
}

/** Joins a message's payload from its frames; undefined until it is whole, `too-large` once for one that is too large. */
export function joinFrame(
  stream: PartialMessage,
  header: FrameHeader,
  raw: Uint8Array,
): Uint8Array | "too-large" | undefined {
  if (header.opcode !== opcodes.continuation) {
    stream.parts = [];
    stream.bytes = 0;
    stream.compressed = (header.rsv & 4) !== 0;
  }
  if (stream.parts === undefined) return undefined;
  const bytes = raw.subarray(header.headerLength);
  stream.bytes += bytes.length + bytesPerFrame;
  if (stream.bytes > largestMessage) {
    stream.parts = undefined;
    return "too-large";
  }
  stream.parts.push(header.mask === undefined ? bytes : applyMask(bytes, header.mask));
  if (!header.fin) return undefined;
  const whole = concat(stream.parts);
  stream.parts = undefined;
  return whole;
}
