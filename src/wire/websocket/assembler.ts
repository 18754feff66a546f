// Assembles frames into messages (RFC 6455 section 5.4). Invalid sequences are accepted, and every frame belongs to
// exactly one item: a continuation without a first frame is a message of its own, and a new first frame inside an open
// message ends the open one as incomplete.

import { concat, text } from "../../base/bytes.js";
import { type FrameView, isControl, opcodes, payloadOf, unmaskInto } from "./frame.js";

/** A message or a control frame, in the order in which they were completed. */
export type Assembled =
  | { readonly kind: "message"; readonly frames: readonly FrameView[]; readonly complete: boolean }
  | { readonly kind: "control"; readonly frame: FrameView };

/** An assembler for one direction of one connection. */
export interface Assembler {
  /** Takes the next frame and returns the items that it completes. */
  push(frame: FrameView): readonly Assembled[];
  /** The frames of the open message. */
  open(): readonly FrameView[];
  /** Drops the open message and returns its frames. */
  release(): readonly FrameView[];
}

class MessageAssembler implements Assembler {
  private fragments: FrameView[] = [];

  push(frame: FrameView): readonly Assembled[] {
    if (isControl(frame.opcode)) return [{ kind: "control", frame }];
    if (frame.opcode === opcodes.continuation || this.fragments.length === 0) {
      this.fragments.push(frame);
      return frame.fin ? [{ kind: "message", frames: this.release(), complete: true }] : [];
    }
    const cut: Assembled = { kind: "message", frames: this.release(), complete: false };
    this.fragments.push(frame);
    return frame.fin ? [cut, { kind: "message", frames: this.release(), complete: true }] : [cut];
  }

  open(): readonly FrameView[] {
    return this.fragments;
  }

  release(): readonly FrameView[] {
    const frames = this.fragments;
    this.fragments = [];
    return frames;
  }
}

/** Makes an assembler. */
export function createAssembler(): Assembler {
  return new MessageAssembler();
}

/** The payload of a message: the unmasked payloads of its frames, joined. */
export function messagePayload(frames: readonly FrameView[]): Uint8Array {
  return concat(frames.map(payloadOf));
}

/** Buffer in which the text of a message is unmasked; it is written and read in the same call. */
const scratch = new Uint8Array(16 * 1024);

/** The same as `text(messagePayload(frames))`, but without new memory for a message of one small frame. */
export function messageText(frames: readonly FrameView[]): string {
  const [only] = frames;
  if (only === undefined || frames.length > 1 || only.raw.length - only.headerLength > scratch.length)
    return text(messagePayload(frames));
  const length = unmaskInto(scratch, only);
  return text(new Uint8Array(scratch.buffer, 0, length));
}
