// handshake-stall: holds the upgrade before it goes on to the CSMS, for a time or forever.

import { defineFault, type Fault } from "../../contract/fault.js";
import { stalling } from "../edit/stalling.js";

/** Holds an upgrade. */
export const handshakeStall: Fault = defineFault({
  name: "handshake-stall",
  layer: "transport",
  points: ["upgrade"],
  summary:
    "Holds the upgrade for a time before it is forwarded; or forever, until the rule is disarmed or the charge point gives up.",
  goodPeer: "Gives up after its own timeout and connects again. No part of it waits without a timeout.",
  example: "handshake-stall: { ms: 20s }",
  sweep: { then: "handshake-stall: { ms: 300ms }" },
  ...stalling((ms) => ({ kind: "upgrade", upgrade: { kind: "stall", ms } })),
});
