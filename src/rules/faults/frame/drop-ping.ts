// drop-ping: drops a ping.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Drops a ping. */
export const dropPing: Fault = defineFault({
  name: "drop-ping",
  layer: "frame",
  points: ["ping"],
  final: true,
  summary: "Drops a ping, so that its sender gets no pong.",
  breaks: "RFC 6455 section 5.5.2: a ping is answered with a pong as soon as is practical",
  goodPeer: "Treats the connection as dead after its own timeout: closes it, and the charger connects again.",
  example: "drop-ping: {}",
  settings: {},
  sweep: { on: "csms-to-cp" },
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: (_settings, { words }) => `drops ${words}`,
});
