// What a fault can ask of the relay, in addition to the bytes that it sends: data that the machine of the connection
// carries out. The relay knows each kind of action, and no fault by its name.

import type { Direction, Side } from "../../base/direction.js";
import type { TlsAction, UpgradeAction } from "./handshake-action.js";
import type { StreamShape } from "./shape.js";
import type { WaitCondition } from "./wait.js";

/** Something that the relay does once the message, or what is left of it, has been sent. */
export type Action =
  /** Reset one TCP connection, or both, as a pulled cable or a dying process does. */
  | { readonly kind: "reset"; readonly to: Side | "both" }
  /** Send a message of our own. */
  | ({ readonly kind: "inject" } & MessageInjection)
  /** Do something to the answer of a CALL when it comes, in this direction. */
  | {
      readonly kind: "answer";
      readonly direction: Direction;
      readonly id: string;
      readonly plan: AnswerPlan;
    }
  /** Send nothing more in this direction; the connection stays open, and what comes in is recorded. */
  | { readonly kind: "silence"; readonly direction: Direction | "both" }
  /** Send a control frame of our own `times` times, `gapMs` apart, each as soon as no other frame is in progress. */
  | {
      readonly kind: "send";
      readonly direction: Direction;
      readonly frame: Uint8Array;
      readonly times: number;
      readonly gapMs: number;
    }
  | ShapeAction
  /** Cut this connection and those in the scope, and accept no new ones for `ms` milliseconds. */
  | {
      readonly kind: "down";
      readonly ms: number;
      readonly scope: DownScope;
      readonly port: "open" | "closed";
    }
  /** Of the connections of this identity, keep the new one or the old ones, and close the others. */
  | { readonly kind: "kick"; readonly keep: "old" | "new"; readonly code: number; readonly reason: string }
  /** Do something to an upgrade, before there is a connection. */
  | { readonly kind: "upgrade"; readonly upgrade: UpgradeAction }
  /** Do something to a TLS handshake, before there is an upgrade. */
  | { readonly kind: "tls"; readonly tls: TlsAction };

/** An action, and the rule and fault that want it. */
export interface RuledAction {
  readonly action: Action;
  readonly rule: string;
  readonly fault: string;
}

/** Closes both sides of the connection. */
export interface CloseAction {
  readonly code: number;
  readonly reason: string;
  /** Messages that a delay still holds are thrown away; otherwise the close follows the last of them. */
  readonly discardHeld: boolean;
  /** The streams end without a close frame. */
  readonly withoutFrame?: true;
}

/** A message of our own. */
export interface MessageInjection {
  readonly direction: Direction;
  /** Its text in UTF-8, or its bytes. */
  readonly payload: Uint8Array;
  /** False for a binary message; a text message by default. */
  readonly isText?: boolean;
  /**
   * `idle`: a CALL waits until no CALL of its direction is open, and the peer's CALLs wait until it is answered (OCPP 2.x
   * part 4 chapter 6); `now`: it goes out at the next boundary between messages.
   */
  readonly when: "idle" | "now";
  /** Whether the answer to a CALL is kept from the other side. */
  readonly keepAnswer: boolean;
  /** How long a CALL counts as open, the peer's as well as ours. */
  readonly timeoutMs: number;
}

/** What happens to an answer: it is kept from the other side, or waits. */
export type AnswerPlan = { readonly kind: "keep" } | { readonly kind: "wait"; readonly wait: WaitCondition };

/** Whose connections go down: those of all charge points, or of this one. */
export type DownScope = "all" | "identity";

/** Shapes the bytes from now on; a shape that the same rule has put already only lasts longer. */
export interface ShapeAction {
  readonly kind: "shape";
  readonly direction: Direction | "both";
  readonly shape: StreamShape;
  /** How long it lasts; undefined: until the connection ends. */
  readonly lastsMs: number | undefined;
  /** Draws in [0, 1), a function of the seed and the given name. */
  readonly draw: (part: string) => number;
}
