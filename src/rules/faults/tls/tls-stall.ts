// tls-stall: the ClientHello is read and nothing is said: for a while, or for ever.

import { defineFault, type Fault } from "../../contract/fault.js";
import { stalling } from "../edit/stalling.js";

/** Lets handshakes wait. */
export const tlsStall: Fault = defineFault({
  name: "tls-stall",
  layer: "tls",
  points: ["tls"],
  summary:
    "The ClientHello is read and not answered: for a while, then the handshake goes on; or until the rule is disarmed or the charge point gives up.",
  goodPeer: "Gives up after a timeout of its own and dials again.",
  example: "tls-stall: { ms: 30s }",
  ...stalling((ms) => ({ kind: "tls", tls: { kind: "stall", ms } })),
});
