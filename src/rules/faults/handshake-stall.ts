// handshake-stall: the upgrade waits before it goes on to the CSMS, or for ever.

import { duration } from "../fields.js";
import { defineFault, type Fault } from "./fault.js";

/** How long. */
export interface HandshakeStallSettings {
  readonly ms: number;
}

/** Lets upgrades wait. */
export const handshakeStall: Fault<HandshakeStallSettings> = defineFault<HandshakeStallSettings>({
  name: "handshake-stall",
  layer: "transport",
  points: ["upgrade"],
  final: false,
  loses: false,
  summary: "The upgrade is taken and not answered: for a while, then it goes on; or for ever.",
  goodPeer: "Gives up after its own timeout and dials again; nothing of it waits without one.",
  example: "handshake-stall: { ms: 20s }",
  fields: { ms: duration("how long; 0 is for ever", 0) },
  short: "ms",
  apply: ({ ms }, { copies }) => ({
    outcome: `stalled ${ms === 0 ? "for ever" : `${ms} ms`}`,
    copies,
    draw: null,
    orders: [{ kind: "upgrade", upgrade: { kind: "stall", ms } }],
  }),
  explain: ({ ms }) => (ms === 0 ? "never answered" : `answered ${ms} ms late`),
});
