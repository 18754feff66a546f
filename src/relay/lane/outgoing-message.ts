// A message on its way out of a lane, once the rules have decided: what is written, what it waits for first, and what
// follows. Data only.

import type { RuledAction } from "../../rules/contract/action.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import type { WaitCondition } from "../../rules/contract/wait.js";

/** The wait for the answer to our own CALL, which has its own limit of time. */
export interface OwnCallWait {
  readonly kind: "own-call";
}

/** Bytes on their way out of a lane. */
export interface OutgoingMessage {
  /** Bytes to write, one element a write. */
  readonly writes: readonly Uint8Array[];
  /** What rules want done once they are written. */
  readonly actions: readonly RuledAction[];
  /** The message that is then sent; undefined where the bytes are not, or not yet, a whole message of a peer. */
  readonly message: RuledMessage | undefined;
  /** What it waits for outside the order of the lane, before the delay. */
  readonly waitsFor: WaitCondition | OwnCallWait | undefined;
  readonly delayMs: number;
  /** While it is delayed, everything after it is held as well. */
  readonly holdsLane: boolean;
}

/** The memory that keeping something costs in addition to its bytes. */
const keepingCost = 128;

/** What keeping something costs, in bytes. */
export function costOf({ writes }: OutgoingMessage): number {
  return writes.reduce((sum, part) => sum + part.length, keepingCost);
}
