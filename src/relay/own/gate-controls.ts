// What a gate can be asked for besides the bytes of its peer: by the rules, by people, and by the gate of the other
// direction. Types only.

import type { Direction } from "../../base/direction.js";
import type { Named } from "../messages/listener.js";
import type { RelayCommand } from "../protocol.js";

/** Where a gate can be asked for more than bytes of its peer. */
export interface Desk {
  /** Writes bytes of our own at the next boundary between messages. */
  inject(bytes: Uint8Array, at: number, out: RelayCommand[]): "sent" | "later" | "never";
  /** A message has gone out, in whichever direction. */
  passed(direction: Direction, about: Named, at: number, out: RelayCommand[]): void;
  /** Lets go what waited for a CALL of our own, or what waits for a command. */
  free(what: "own-call" | "command", at: number, out: RelayCommand[]): void;
}
