// Names the messages of a connection for the rules: type, id, and the action, for answers that of their CALL.
// Hears both directions, because a rule on answers needs the CALLs that a plain tap lets through.

import type { Direction } from "../../base/direction.js";
import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { type FrameView, isControl, opcodes } from "../../wire/websocket/frame.js";
import { peekFrames } from "./peek-frames.js";

/** What a message is, as far as its first bytes tell. */
export interface Named {
  readonly type: MessageType | "unreadable";
  readonly id: string | undefined;
  readonly action: string | undefined;
}

/** Names messages and remembers the open CALLs of one connection. */
export interface Listener {
  /** Hears a frame that passed; names the message that it ends. */
  hear(direction: Direction, frame: FrameView): Named | undefined;
  /** Names a whole message and takes note of it. */
  name(direction: Direction, frames: readonly FrameView[]): Named;
}

const openCalls = 1000;
/** Bytes of a message that are kept to name it. */
const enough = 512;

/** The first frames of a message that is passing. */
interface Beginning {
  readonly frames: FrameView[];
  bytes: number;
}

class PairingListener implements Listener {
  private readonly pairer: Pairer<undefined> = createPairer<undefined>(openCalls);
  private readonly open: Record<Direction, Beginning | undefined> = {
    "cp-to-csms": undefined,
    "csms-to-cp": undefined,
  };

  hear(direction: Direction, frame: FrameView): Named | undefined {
    if (isControl(frame.opcode)) return undefined;
    const begins = frame.opcode !== opcodes.continuation;
    const beginning = (begins ? undefined : this.open[direction]) ?? { frames: [], bytes: 0 };
    // A message may be endless; its first bytes name it.
    if (beginning.bytes < enough && frame.declaredLength > 0) {
      beginning.frames.push(frame);
      beginning.bytes += frame.declaredLength;
    }
    this.open[direction] = frame.fin ? undefined : beginning;
    return frame.fin ? this.name(direction, beginning.frames) : undefined;
  }

  name(direction: Direction, frames: readonly FrameView[]): Named {
    const seen = peekFrames(frames);
    if (seen === undefined) return { type: "unreadable", id: undefined, action: undefined };
    const { type, id, action } = seen;
    if (type === "CALL") this.pairer.call(direction, id, action ?? "", undefined);
    if (type === "CALL" || type === "SEND") return seen;
    // A CALLRESULTERROR answers an answer: its CALL went the same way, and is closed already.
    if (type === "CALLRESULTERROR") return { type, id, action: undefined };
    const call = this.pairer.answer(direction, id);
    return { type, id, action: call?.action };
  }
}

/** Makes the listener of one connection. */
export function createListener(): Listener {
  return new PairingListener();
}
