// drop: the message does not go out. Final, for nothing is left that another fault could act on.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Nothing can be set. */
export type DropSettings = Readonly<Record<string, never>>;

/** Takes the message away. */
export const drop: Fault<DropSettings> = defineFault<DropSettings>({
  name: "drop",
  layer: "message",
  final: true,
  loses: true,
  summary: "The message does not go out; who sent it hears nothing of it.",
  goodPeer:
    "The sender of a CALL gives up after its timeout and repeats a transaction message; nobody hangs.",
  example: "drop: {}",
  fields: {},
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: () => "dropped",
});
