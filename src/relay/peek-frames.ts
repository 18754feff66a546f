// Peeks into a message that still lies in its frames: only as many octets as the peek can need are unmasked.

import { concat, text } from "../base/bytes.js";
import { type Peek, peek } from "../ocpp/peek.js";
import { applyMask, type FrameView } from "../wire/frame.js";

const enough = 512;

/** Peeks into a message of one or more frames; only its first octets are unmasked and decoded. */
export function peekFrames(frames: readonly FrameView[]): Peek | undefined {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const frame of frames) {
    const octets = frame.raw.subarray(frame.headerLength, frame.headerLength + enough);
    parts.push(frame.mask === undefined ? octets : applyMask(octets, frame.mask));
    length += octets.length;
    if (length >= enough) break;
  }
  return peek(text(concat(parts)));
}
