// drop-ping: a ping does not go out. Final, for nothing is left that another fault could act on.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Takes a ping away. */
export const dropPing: Fault = defineFault({
  name: "drop-ping",
  layer: "frame",
  points: ["ping"],
  final: true,
  summary: "A ping does not go out; its sender waits for a pong that never comes.",
  breaks: "RFC 6455 section 5.5.2: a ping is answered with a pong as soon as is practical",
  goodPeer:
    "Takes the missing pong for a dead connection, once its own timeout has passed: closes, and the charger dials again.",
  example: "drop-ping: {}",
  settings: {},
  sweep: { on: "csms-to-cp" },
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: () => "dropped",
});
