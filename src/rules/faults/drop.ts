// drop: the message does not go out. Final, for nothing is left that another fault could act on.

import { readMap } from "../value.js";
import type { Fault } from "./fault.js";

/** Nothing can be set. */
export type DropSettings = Readonly<Record<string, never>>;

/** Takes the message away. */
export const drop: Fault<DropSettings> = {
  final: true,
  read: (value, report) => (readMap(value, "drop", [], report) === undefined ? undefined : {}),
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: () => "dropped",
};
