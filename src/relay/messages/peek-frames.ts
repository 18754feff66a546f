// Peeks into a message that still lies in its frames: only as many bytes as the peek can need are unmasked.

import { concat, text } from "../../base/bytes.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import { type Peek, peek } from "../../ocpp/envelope/peek.js";
import { peekBytes } from "../../ocpp/envelope/peek-bytes.js";
import { applyMask, type FrameView } from "../../wire/websocket/frame.js";

const enough = 512;
/** Most messages are named by so many, and what comes behind them need not be unmasked. */
const usual = 96;

/** Peeks into a message of one or more frames; only its first bytes are unmasked and decoded. */
export function peekFrames(frames: readonly FrameView[]): Peek | undefined {
  const [first] = frames;
  const plain =
    first === undefined || frames.length > 1
      ? undefined
      : peekBytes(first.raw, first.headerLength, first.mask);
  if (plain !== undefined) return plain;
  const found = peekInto(frames, usual);
  const isWhole = found !== undefined && (found.action !== undefined || !namesAction(found.type));
  return isWhole ? found : peekInto(frames, enough);
}

const peekInto = (frames: readonly FrameView[], most: number): Peek | undefined => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const frame of frames) {
    const bytes = frame.raw.subarray(frame.headerLength, frame.headerLength + most);
    parts.push(frame.mask === undefined ? bytes : applyMask(bytes, frame.mask));
    length += bytes.length;
    if (length >= most) break;
  }
  return peek(text(concat(parts)));
};
