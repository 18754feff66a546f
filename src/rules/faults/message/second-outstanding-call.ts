// second-outstanding-call: the CALL goes out once more under an id of our own while the first is still open; the
// answer to the second is kept from whoever sent the first.

import { defineFault, type Fault } from "../../contract/fault.js";
import { again } from "../edit/again.js";

/** Keeps two CALLs open at once. */
export const secondOutstandingCall: Fault = defineFault({
  name: "second-outstanding-call",
  layer: "message",
  actsBothWays: true,
  summary:
    "The CALL goes out once more under another id while the first is open; the answer to the second is kept.",
  breaks:
    "OCPP-J: one CALL is open at a time in each direction (1.6J section 4.1.1; 2.x part 4 section 4.1.1)",
  goodPeer: "Answers both by their ids, or refuses the second with CALLERROR; it hangs at neither.",
  example: "second-outstanding-call: {}",
  settings: {},
  apply: (_settings, input) => again(1, input, "followed by a second CALL"),
  explain: () => "followed by the same CALL under another id",
});
