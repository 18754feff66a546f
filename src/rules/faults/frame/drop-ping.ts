// drop-ping: a ping does not go out. Final, for nothing is left that another fault could act on.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Nothing can be set. */
export type DropPingSettings = Readonly<Record<string, never>>;

/** Takes a ping away. */
export const dropPing: Fault<DropPingSettings> = defineFault<DropPingSettings>({
  name: "drop-ping",
  layer: "frame",
  points: ["ping"],
  final: true,
  loses: false,
  summary: "A ping does not go out; its sender waits for a pong that never comes.",
  breaks: "RFC 6455 section 5.5.2: a ping is answered with a pong as soon as is practical",
  goodPeer:
    "Takes the missing pong for a dead connection, once its own timeout has passed: closes, and the charger dials again.",
  example: "drop-ping: {}",
  fields: {},
  apply: () => ({ outcome: "dropped", copies: [], draw: null }),
  explain: () => "dropped",
});
