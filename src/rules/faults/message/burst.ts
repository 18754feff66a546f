// burst: a CALL or SEND goes out many times at once, each copy under an id of our own, as a charger does that empties
// its queue without waiting; the answers to the copies are kept from whoever sent the first.

import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { again } from "../edit/again.js";

/** Sends a message many times at once. */
export const burst: Fault = defineFault({
  name: "burst",
  layer: "message",
  actsBothWays: true,
  summary:
    "A CALL or SEND goes out many times more at once, each copy under another id; the answers to the copies are kept.",
  breaks:
    "OCPP-J: one CALL is open at a time in each direction (1.6J section 4.1.1; 2.x part 4 section 4.1.1)",
  goodPeer: "Answers all of them by their ids or closes with a reason (1008, 1013); nothing else suffers.",
  example: "burst: { times: 20 }",
  settings: {
    times: integer("how often more", { min: 1, max: 1000 }, 10),
    gap: duration("how long after one copy the next follows", 0),
  },
  short: "times",
  apply: ({ times, gap }, input) => {
    const made = again(times, input, `repeated ${times} times under other ids`);
    return gap === 0 || made.actions === undefined ? made : { ...made, gapMs: gap };
  },
  explain: ({ times }) => `followed by ${times} more of it under other ids`,
});
