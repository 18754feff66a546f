// drop-pong: a pong does not go out. Final, for nothing is left that another fault could act on.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Takes a pong away. */
export const dropPong: Fault = defineFault({
  name: "drop-pong",
  layer: "frame",
  points: ["pong"],
  final: true,
  summary: "A pong does not go out; who sent the ping never hears of it.",
  breaks: "RFC 6455 section 5.5.2: a ping is answered with a pong as soon as is practical",
  goodPeer:
    "Gives the connection up after its own timeout, and not because of a single missing pong; the charger dials again.",
  example: "drop-pong: {}",
  settings: {},
  sweep: { on: "cp-to-csms" },
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: () => "dropped",
});
