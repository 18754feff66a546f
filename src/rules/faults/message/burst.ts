// burst: sends many copies of a CALL or SEND at once, each with another id, like a charger that empties its queue without waiting.
// The answers to the copies are not forwarded.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { again } from "../edit/again.js";

/** Sends many copies of a message at once. */
export const burst: Fault = defineFault({
  name: "burst",
  layer: "message",
  actsBothWays: true,
  summary:
    "Sends many copies of a CALL or SEND at once, each with another id. The answers to the copies are not forwarded.",
  breaks:
    "OCPP-J: one CALL is open at a time in each direction (1.6J section 4.1.1; 2.x part 4 section 4.1.1)",
  goodPeer:
    "Answers all of them by their ids, or closes the connection with a reason (1008, 1013). Other connections are not affected.",
  example: "burst: { times: 20 }",
  settings: {
    times: integer("number of copies", { min: 1, max: 1000 }, 10),
    gap: duration("time between two copies", 0),
  },
  short: "times",
  apply: ({ times, gap }, input) => {
    const made = again(times, input, `repeated ${times} times under other ids`);
    return gap === 0 || made.actions === undefined ? made : { ...made, gapMs: gap };
  },
  explain: ({ times, gap }, { words }) => {
    if (times === 1) return `sends a copy with another id after ${words}`;
    const apart = gap === 0 ? "" : `, ${durationWords(gap)} apart,`;
    return `sends ${times} copies with other ids${apart} after ${words}`;
  },
});
