// What the station sends, as bytes: as recorded where nothing changed, else one new frame with the recorded masking key.
// Masking keys are not random here, so that equal runs send equal bytes.

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

/** The masking key of the station's own frames; it leaves the bytes as they are. */
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

/** Bytes that are sent as they are and have no text. */
export function outgoingFrames(bytes: Uint8Array): OutgoingMessage {
  return { bytes, text: undefined, opcode: opcodes.text, mask: undefined };
}

/** The bytes of a recorded message with another text. */
export function bytesWith(out: OutgoingMessage, text: string): Uint8Array {
  if (text === out.text) return out.bytes;
  return encodeFrame({ opcode: out.opcode, payload: utf8(text), mask: out.mask });
}

/** A frame that the recording does not have. */
export function ownFrame(opcode: number, payload: Uint8Array = noBytes): Uint8Array {
  return encodeFrame({ opcode, payload, mask: plainMask });
}

/** A message in the fingerprint: its text, or its bytes where it has none. */
export function digestText(out: OutgoingMessage): string {
  return out.text ?? latin1(out.bytes);
}
