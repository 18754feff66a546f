// tls-stall: the ClientHello is read and nothing is said: for a while, or for ever.

import { duration } from "../fields.js";
import { defineFault, type Fault } from "./fault.js";

/** How long. */
export interface TlsStallSettings {
  readonly ms: number;
}

/** Lets handshakes wait. */
export const tlsStall: Fault<TlsStallSettings> = defineFault<TlsStallSettings>({
  name: "tls-stall",
  layer: "tls",
  points: ["tls"],
  final: false,
  loses: false,
  summary: "The ClientHello is read and not answered: for a while, then the handshake goes on; or for ever.",
  goodPeer: "Gives up after a timeout of its own and dials again.",
  example: "tls-stall: { ms: 30s }",
  fields: { ms: duration("how long; 0 is for ever", 0) },
  short: "ms",
  apply: ({ ms }, { copies }) => ({
    outcome: `stalled ${ms === 0 ? "for ever" : `${ms} ms`}`,
    copies,
    draw: null,
    orders: [{ kind: "tls", tls: { kind: "stall", ms } }],
  }),
  explain: ({ ms }) => (ms === 0 ? "never answered" : `answered ${ms} ms late`),
});
