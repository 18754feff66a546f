// drop-pong: drops a pong.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Drops a pong. */
export const dropPong: Fault = defineFault({
  name: "drop-pong",
  layer: "frame",
  points: ["pong"],
  final: true,
  summary: "Drops a pong, so that the sender of the ping never gets it.",
  breaks: "RFC 6455 section 5.5.2: a ping is answered with a pong as soon as is practical",
  goodPeer:
    "Closes the connection after its own timeout, and not because of a single missing pong. The charger connects again.",
  example: "drop-pong: {}",
  settings: {},
  sweep: { on: "cp-to-csms" },
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: (_settings, { words }) => `drops ${words}`,
});
