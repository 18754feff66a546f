// What the operator can want of an open connection.

import type { Direction } from "../base/direction.js";

/** A command of the operator; `by` names who gave it. */
export type OperatorCommand =
  | { readonly kind: "close"; readonly code: number; readonly reason: string; readonly by: string }
  | { readonly kind: "reset"; readonly by: string }
  /** Send what rules hold back until the operator releases it, or until another message. */
  | { readonly kind: "release"; readonly by: string }
  /** Send a message. The connection must have a decider, even one without rules; the answer to a CALL is kept from the other side. */
  | {
      readonly kind: "inject";
      readonly direction: Direction;
      readonly payload: Uint8Array;
      readonly isText: boolean;
      /**
       * `idle`: once no CALL of that direction waits for its answer, and the peer's CALLs wait for ours; `now`: at the next
       * boundary between messages.
       */
      readonly when: "idle" | "now";
      readonly by: string;
    };
