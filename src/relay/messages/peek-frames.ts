// Reads type, id and action of a message from its frames; only as many bytes as that can need are unmasked.

import { concat, text } from "../../base/bytes.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import { type Peek, peek } from "../../ocpp/envelope/peek.js";
import { peekBytes } from "../../ocpp/envelope/peek-bytes.js";
import { applyMask, type FrameView } from "../../wire/websocket/frame.js";

const mostBytes = 512;
/** So many bytes name most messages; the bytes after them need not be unmasked. */
const usualBytes = 96;

/** What the first bytes of a message say; undefined where it is no OCPP message. */
export function peekFrames(frames: readonly FrameView[]): Peek | undefined {
  const [first] = frames;
  const plain =
    first === undefined || frames.length > 1
      ? undefined
      : peekBytes(first.raw, first.headerLength, first.mask);
  if (plain !== undefined) return plain;
  const found = peekInto(frames, usualBytes);
  const isWhole = found !== undefined && (found.action !== undefined || !namesAction(found.type));
  return isWhole ? found : peekInto(frames, mostBytes);
}

const peekInto = (frames: readonly FrameView[], maxBytes: number): Peek | undefined => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const frame of frames) {
    const bytes = frame.raw.subarray(frame.headerLength, frame.headerLength + maxBytes);
    parts.push(frame.mask === undefined ? bytes : applyMask(bytes, frame.mask));
    length += bytes.length;
    if (length >= maxBytes) break;
  }
  return peek(text(concat(parts)));
};
