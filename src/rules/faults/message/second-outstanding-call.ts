// second-outstanding-call: sends the CALL a second time with another id before the first is answered. The answer to the copy is
// not forwarded.

import { defineFault, type Fault } from "../../contract/fault.js";
import { again } from "../edit/again.js";

/** Opens a second CALL at the same time. */
export const secondOutstandingCall: Fault = defineFault({
  name: "second-outstanding-call",
  layer: "message",
  actsBothWays: true,
  summary:
    "Sends the CALL a second time with another id before the first is answered. The answer to the copy is not forwarded.",
  breaks:
    "OCPP-J: one CALL is open at a time in each direction (1.6J section 4.1.1; 2.x part 4 section 4.1.1)",
  goodPeer: "Answers both by their ids, or refuses the second with CALLERROR, and does not hang.",
  example: "second-outstanding-call: {}",
  settings: {},
  apply: (_settings, input) => again(1, input, "followed by a second CALL"),
  explain: (_settings, { words }) => `sends a copy with another id right after ${words}`,
});
