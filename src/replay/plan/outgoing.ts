// What the station sends, as bytes: as recorded where nothing changed, else one frame made anew under the
// recorded masking key. Chance is not needed here: a key that is known protects no less than a recorded one.

import { concat, latin1, noBytes, utf8 } from "../../base/bytes.js";
import { encodeFrame, type FrameView, opcodes } from "../../wire/websocket/frame.js";
import type { OutgoingMessage } from "./plan.js";

/** A message of the recording, put together from its frames. */
export interface FramedText {
  /** Unmasked and inflated; undefined where that is no text. */
  readonly text: string | undefined;
  readonly frames: readonly FrameView[];
  /** Whether the text had to be inflated: a replay offers no compression, so it is sent plain. */
  readonly inflated: boolean;
}

/** The key that makes masking leave the bytes as they are; our own frames carry it. */
const plainMask: Uint8Array = new Uint8Array(4);

/** The recorded message as something to send. */
export function outgoingMessage(message: FramedText): OutgoingMessage {
  const first = message.frames[0];
  const opcode = first?.opcode ?? opcodes.text;
  const mask = first?.mask;
  const { text } = message;
  const bytes =
    message.inflated && text !== undefined
      ? encodeFrame({ opcode, payload: utf8(text), mask })
      : concat(message.frames.map((frame) => frame.raw));
  return { bytes, text, opcode, mask };
}

/** Bytes that are sent as they are and mean nothing to us. */
export function outgoingFrames(bytes: Uint8Array): OutgoingMessage {
  return { bytes, text: undefined, opcode: opcodes.text, mask: undefined };
}

/** The bytes of a recorded message that says `text` now. */
export function bytesWith(out: OutgoingMessage, text: string): Uint8Array {
  if (text === out.text) return out.bytes;
  return encodeFrame({ opcode: out.opcode, payload: utf8(text), mask: out.mask });
}

/** A frame of our own. */
export function ownFrame(opcode: number, payload: Uint8Array = noBytes): Uint8Array {
  return encodeFrame({ opcode, payload, mask: plainMask });
}

/** What stands for a message in a digest: its text, or its bytes where it has none. */
export function digestText(out: OutgoingMessage): string {
  return out.text ?? latin1(out.bytes);
}
