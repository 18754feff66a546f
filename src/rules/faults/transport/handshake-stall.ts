// handshake-stall: the upgrade waits before it goes on to the CSMS, or for ever.

import { defineFault, type Fault } from "../../contract/fault.js";
import { stalling } from "../edit/stalling.js";

/** Lets upgrades wait. */
export const handshakeStall: Fault = defineFault({
  name: "handshake-stall",
  layer: "transport",
  points: ["upgrade"],
  summary:
    "The upgrade is taken and not answered: for a while, then it goes on; or until the rule is disarmed or the charge point gives up.",
  goodPeer: "Gives up after its own timeout and dials again; nothing of it waits without one.",
  example: "handshake-stall: { ms: 20s }",
  sweep: { then: "handshake-stall: { ms: 300ms }" },
  ...stalling((ms) => ({ kind: "upgrade", upgrade: { kind: "stall", ms } })),
});
