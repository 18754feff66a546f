// What a fault can ask of the relay beside other octets in place of a message: data that the machine of the
// connection carries out. Each kind says when it happens; none of them is known to the lanes by its fault's name.

import type { Direction, Side } from "../base/direction.js";

/** Something the relay shall do behind what goes out of the message. */
export type Order =
  /** Reset one leg, or both, as a cable that is pulled or a process that dies would have it. */
  | { readonly kind: "reset"; readonly to: Side | "both" }
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
