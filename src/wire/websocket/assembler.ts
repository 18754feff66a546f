// Frames -> messages (RFC 6455 section 5.4), tolerant: whatever comes, every frame belongs to exactly one item.
// A continuation without a beginning is a message of its own; a new beginning while one is open ends the
// open one as unfinished. Knows nothing of what messages say.

import { concat, text } from "../../base/bytes.js";
import { type FrameView, isControl, opcodes, payloadOf, unmaskInto } from "./frame.js";

/** Whole messages and control frames, in the order in which they became whole. */
export type Assembled =
  | { readonly kind: "message"; readonly frames: readonly FrameView[]; readonly complete: boolean }
  | { readonly kind: "control"; readonly frame: FrameView };

/** An assembler for one direction of one connection. */
export interface Assembler {
  /** Takes the next frame and returns what became whole by it. */
  push(frame: FrameView): readonly Assembled[];
  /** The frames of a message that has begun and not ended. */
  open(): readonly FrameView[];
  /** Forgets the open message and returns its frames. */
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

/** The payload of a message: its frames' payloads unmasked and joined. */
export function messagePayload(frames: readonly FrameView[]): Uint8Array {
  return concat(frames.map(payloadOf));
}

/** Where the text of a message is unmasked; nothing waits between writing and reading it. */
const scratch = new Uint8Array(16 * 1024);

/** What a message says, as `text(messagePayload(frames))` would tell it, without memory of its own for the usual one. */
export function messageText(frames: readonly FrameView[]): string {
  const [only] = frames;
  if (only === undefined || frames.length > 1 || only.raw.length - only.headerLength > scratch.length)
    return text(messagePayload(frames));
  const length = unmaskInto(scratch, only);
  return text(new Uint8Array(scratch.buffer, 0, length));
}
