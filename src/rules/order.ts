// What a fault can ask of the relay beside other octets in place of a message: data that the machine of the
// connection carries out. Each kind says when it happens; none of them is known to the lanes by its fault's name.

import type { Side } from "../base/direction.js";

/** Something the relay shall do behind what goes out of the message. */
export type Order =
  /** Reset one leg, or both, as a cable that is pulled or a process that dies would have it. */
  { readonly kind: "reset"; readonly to: Side | "both" };
