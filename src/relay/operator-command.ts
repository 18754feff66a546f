// What somebody at the controls can want of a connection. Data only.

import type { Direction } from "../base/direction.js";

/**
 * An order of somebody at the controls; `by` says who. An injection needs rules, be they none; where it is a CALL, its
 * answer is kept from the other side.
 */
export type OperatorCommand =
  | { readonly kind: "close"; readonly code: number; readonly reason: string; readonly by: string }
  | { readonly kind: "reset"; readonly by: string }
  /** Let go what rules hold back until then. */
  | { readonly kind: "release"; readonly by: string }
  | {
      readonly kind: "inject";
      readonly direction: Direction;
      readonly payload: Uint8Array;
      readonly isText: boolean;
      /** `idle`: once no CALL of that direction waits for its answer, and the peer's wait for ours; `now`: at the next end of a message. */
      readonly when: "idle" | "now";
      readonly by: string;
    };
