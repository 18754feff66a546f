// Names the messages of one connection: type and id from their first bytes, the action as well, for answers that of their
// CALL. It reads both directions, because a rule on answers needs the CALLs that pass a tap.

import type { Direction } from "../../base/direction.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { type RuledLane, RuledMessage } from "../../rules/contract/ruled-message.js";
import { type FrameView, isControl, opcodes } from "../../wire/websocket/frame.js";
import { peekFrames } from "./peek-frames.js";

const mostOpenCalls = 1000;
/** Bytes of a message that are kept to name it. */
const mostPeeked = 512;

const noFrames: readonly FrameView[] = [];
const unreadable = { type: "unreadable", id: undefined, action: undefined } as const;

/** The first frames of a message whose last frame has not come. */
interface Beginning {
  readonly frames: FrameView[];
  bytes: number;
}

/** Names the messages of one connection and remembers its open CALLs. */
export class MessageNames {
  private readonly pairer: Pairer<undefined> = createPairer<undefined>(mostOpenCalls);
  private readonly begun: Record<Direction, Beginning | undefined> = {
    "cp-to-csms": undefined,
    "csms-to-cp": undefined,
  };

  /** The message of these data frames. */
  message(lane: RuledLane, frames: readonly FrameView[], atNs: number): RuledMessage {
    return new RuledMessage(lane, this.nameOf(lane.direction, frames), frames, atNs);
  }

  /** Follows a frame that has been forwarded already; gives the message that it ends, without frames. */
  forwarded(lane: RuledLane, frame: FrameView, atNs: number): RuledMessage | undefined {
    if (isControl(frame.opcode)) return undefined;
    const { direction } = lane;
    const isFirst = frame.opcode !== opcodes.continuation;
    const beginning = (isFirst ? undefined : this.begun[direction]) ?? { frames: [], bytes: 0 };
    // A message may be endless; its first bytes name it.
    if (beginning.bytes < mostPeeked && frame.declaredLength > 0) {
      beginning.frames.push(frame);
      beginning.bytes += frame.declaredLength;
    }
    this.begun[direction] = frame.fin ? undefined : beginning;
    if (!frame.fin) return undefined;
    return new RuledMessage(lane, this.nameOf(direction, beginning.frames), noFrames, atNs);
  }

  /** Remembers a CALL until its answer comes. */
  noteCall(direction: Direction, id: string, action: string | undefined): void {
    this.pairer.call(direction, id, action ?? "", undefined);
  }

  private nameOf(
    direction: Direction,
    frames: readonly FrameView[],
  ): Pick<RuledMessage, "type" | "id" | "action"> {
    const peeked = peekFrames(frames);
    if (peeked === undefined) return unreadable;
    const { type, id, action } = peeked;
    if (type === "CALL") this.noteCall(direction, id, action);
    if (type === "CALL" || type === "SEND") return peeked;
    // A CALLRESULTERROR answers an answer: its CALL went the same way, and is closed already.
    if (type === "CALLRESULTERROR") return { type, id, action: undefined };
    return { type, id, action: this.pairer.answer(direction, id)?.action };
  }
}
