// Joins the frames of one direction into messages (RFC 6455 section 5.4) for readers that follow a live connection.
// Bounded in memory; does not inflate and does not read the content.

import { concat } from "../../base/bytes.js";
import { applyMask, type FrameHeader, opcodes } from "../../wire/websocket/frame.js";

/** The largest message that is joined and inflated, in bytes. */
export const largestMessage: number = 1024 * 1024;

/** Bytes that each frame counts in addition to its payload, so that empty frames cannot accumulate without limit. */
const bytesPerFrame = 64;

/** The frames of one direction's message that is not complete. */
export interface PartialMessage {
  /** The unmasked payloads so far; undefined between messages and for messages that are skipped. */
  parts: Uint8Array[] | undefined;
  compressed: boolean;
  bytes: number;
}

/** The state between messages. */
export function noPartialMessage(): PartialMessage {
  return { parts: undefined, compressed: false, bytes: 0 };
}

/** Adds a frame; gives the payload of the message that it completes, `too-large` once if the message exceeds the limit, else undefined. */
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
