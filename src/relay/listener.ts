// Names the messages of a connection for the rules: type, id, and the action, for answers that of their CALL.
// Hears both directions, because a rule on answers needs the CALLs that a plain tap lets through.

import type { Direction } from "../base/direction.js";
import type { MessageType } from "../ocpp/message-type.js";
import { createPairer, type Pairer } from "../ocpp/pairer.js";
import { type Assembler, createAssembler } from "../wire/assembler.js";
import type { FrameView } from "../wire/frame.js";
import { peekFrames } from "./peek-frames.js";

/** What a message is, as far as its first octets tell. */
export interface Named {
  readonly type: MessageType | "unreadable";
  readonly id: string | undefined;
  readonly action: string | undefined;
}

/** Names messages and remembers the open CALLs of one connection. */
export interface Listener {
  /** Hears a frame that passed; messages are put together from frames here. */
  hear(direction: Direction, frame: FrameView): void;
  /** Names a whole message and takes note of it. */
  name(direction: Direction, frames: readonly FrameView[]): Named;
}

const openCalls = 1000;

class PairingListener implements Listener {
  private readonly pairer: Pairer<undefined> = createPairer<undefined>(openCalls);
  private readonly assemblers: Record<Direction, Assembler> = {
    "cp-to-csms": createAssembler(),
    "csms-to-cp": createAssembler(),
  };

  hear(direction: Direction, frame: FrameView): void {
    for (const item of this.assemblers[direction].push(frame))
      if (item.kind === "message" && item.complete) this.name(direction, item.frames);
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
