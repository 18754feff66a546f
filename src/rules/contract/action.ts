// What a fault can ask of the relay beside other bytes in place of a message: data that the machine of the
// connection carries out. Each kind says when it happens; none of them is known to the lanes by its fault's name.

import type { Direction, Side } from "../../base/direction.js";
import type { TlsAction, UpgradeAction } from "./handshake-action.js";
import type { Shape } from "./shape.js";
import type { WaitCondition } from "./wait.js";

/** Something that the relay shall do behind what goes out of the message. */
export type Action =
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
    }
  | ShapeAction
  /** Cut this connection and those like it, and take no new ones for so long. */
  | {
      readonly kind: "down";
      readonly ms: number;
      readonly scope: DownScope;
      readonly port: "open" | "closed";
    }
  /** Of the connections of this identity, leave the new one or the old ones alone and close the others. */
  | { readonly kind: "kick"; readonly keep: "old" | "new"; readonly code: number; readonly reason: string }
  /** Before there is a connection. */
  | { readonly kind: "upgrade"; readonly upgrade: UpgradeAction }
  /** Before there is an upgrade. */
  | { readonly kind: "tls"; readonly tls: TlsAction };

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
export type AnswerPlan = { readonly kind: "keep" } | { readonly kind: "wait"; readonly wait: WaitCondition };

/** Whose connections go down: those of all charge points, or of this one. */
export type DownScope = "all" | "identity";

/** Shape what passes from now on; the same shape of the same rule is not put twice. */
export interface ShapeAction {
  readonly kind: "shape";
  readonly direction: Direction | "both";
  readonly shape: Shape;
  /** Milliseconds after which it is over; undefined is never. */
  readonly lastsMs: number | undefined;
  /** Draws in [0, 1), a function of the seed and the name given. */
  readonly draw: (part: string) => number;
}
