// What a fault can ask of the relay beside other octets in place of a message: data that the machine of the
// connection carries out. Each kind says when it happens; none of them is known to the lanes by its fault's name.

import type { Direction, Side } from "../base/direction.js";
import type { Park } from "./park.js";

/** Something the relay shall do behind what goes out of the message. */
export type Order =
  /** Reset one leg, or both, as a cable that is pulled or a process that dies would have it. */
  | { readonly kind: "reset"; readonly to: Side | "both" }
  /** Send a message of our own; `payload` is its text in UTF-8. */
  | ({ readonly kind: "inject" } & Injection)
  /** Do something to the answer of a CALL once it comes, in this direction. */
  | {
      readonly kind: "answer";
      readonly direction: Direction;
      readonly id: string;
      readonly plan: AnswerPlan;
    }
  /** From now on nothing of this direction goes out; the connection stays, and what comes is recorded. */
  | { readonly kind: "silence"; readonly direction: Direction | "both" }
  /** Send a control frame of our own so many times, so far apart, each where a frame can stand. */
  | {
      readonly kind: "send";
      readonly direction: Direction;
      readonly frame: Uint8Array;
      readonly times: number;
      readonly gapMs: number;
    };

/** A message of our own. */
export interface Injection {
  readonly direction: Direction;
  readonly payload: Uint8Array;
  /** False for a binary message; text unless it is said. */
  readonly isText?: boolean;
  /**
   * `idle`: a CALL waits until none of its direction is open, and holds the peer's back until it is answered (OCPP 2.x
   * part 4 chapter 6); `now`: it goes out at the next boundary between messages.
   */
  readonly when: "idle" | "now";
  /** Whether the answer to a CALL is kept from the other side. */
  readonly keepAnswer: boolean;
  /** How long a CALL counts as open, the peer's as well as ours. */
  readonly timeoutMs: number;
}

/** What becomes of an answer. */
export type AnswerPlan = { readonly kind: "keep" } | { readonly kind: "park"; readonly park: Park };
