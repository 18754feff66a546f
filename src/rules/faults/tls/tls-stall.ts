// tls-stall: reads the ClientHello and does not answer, for a time or forever.

import { defineFault, type Fault } from "../../contract/fault.js";
import { stalling } from "../edit/stalling.js";

/** Holds a TLS handshake. */
export const tlsStall: Fault = defineFault({
  name: "tls-stall",
  layer: "tls",
  points: ["tls"],
  summary:
    "Reads the ClientHello and does not answer for a time, then continues the handshake; or never answers, until the rule is disarmed or the charge point gives up.",
  goodPeer: "Gives up after its own timeout and connects again.",
  example: "tls-stall: { ms: 30s }",
  ...stalling((ms) => ({ kind: "tls", tls: { kind: "stall", ms } })),
});
