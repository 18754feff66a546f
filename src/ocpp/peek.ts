// Type, id and action of a message from its first characters, without parsing its payload: cheap enough for
// the forwarding path, and it still works where the payload is broken JSON. Total.

import { text } from "../base/bytes.js";
import { applyMask, type FrameView } from "../wire/frame.js";
import { type MessageType, messageTypeOf, namesAction } from "./message-type.js";

/** What the beginning of a message says. */
export interface Peek {
  readonly type: MessageType;
  readonly id: string;
  /** Of a CALL or SEND; undefined on answers, and where it is missing. */
  readonly action: string | undefined;
}

const beginning = /^\uFEFF?[ \t\r\n]*\[[ \t\r\n]*([0-9]+)[ \t\r\n]*,[ \t\r\n]*("[^"\\]*(?:\\[^][^"\\]*)*")/;
const actionNext = /^[ \t\r\n]*,[ \t\r\n]*("[^"\\]*(?:\\[^][^"\\]*)*")/;

const unquote = (quoted: string): string => {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
};

/** Reads the beginning of a message; undefined where it is no OCPP-J message with a text as its id. */
export function peek(message: string): Peek | undefined {
  const found = beginning.exec(message);
  if (found?.[1] === undefined || found[2] === undefined) return undefined;
  const type = messageTypeOf(Number(found[1]));
  if (type === undefined) return undefined;
  const action = namesAction(type) ? actionNext.exec(message.slice(found[0].length, found[0].length + 400))?.[1] : undefined;
  return { type, id: unquote(found[2]), action: action === undefined ? undefined : unquote(action) };
}

const enough = 512;

/** Peeks into a message of one or more frames; only its first octets are unmasked and decoded. */
export function peekFrames(frames: readonly FrameView[]): Peek | undefined {
  let start = "";
  for (const frame of frames) {
    const octets = frame.raw.subarray(frame.headerLength, frame.headerLength + enough);
    start += text(frame.mask === undefined ? octets : applyMask(octets, frame.mask));
    if (start.length >= enough) break;
  }
  return peek(start);
}
