// drop: drops the message.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Drops a message. */
export const drop: Fault = defineFault({
  name: "drop",
  layer: "message",
  final: true,
  risksBilling: true,
  summary: "Drops the message. Its sender does not notice.",
  goodPeer:
    "The sender of a CALL gives up after its timeout and repeats a transaction message. Neither side hangs.",
  example: "drop: {}",
  settings: {},
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: (_settings, { words }) => `drops ${words}`,
});
