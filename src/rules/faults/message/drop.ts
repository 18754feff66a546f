// drop: the message does not go out. Final, for nothing is left that another fault could act on.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Takes the message away. */
export const drop: Fault = defineFault({
  name: "drop",
  layer: "message",
  final: true,
  risksBilling: true,
  summary: "The message does not go out; who sent it hears nothing of it.",
  goodPeer:
    "The sender of a CALL gives up after its timeout and repeats a transaction message; nobody hangs.",
  example: "drop: {}",
  settings: {},
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: () => "dropped",
});
