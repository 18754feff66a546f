// duplicate: the message goes out again, byte for byte, right behind itself or after a while.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

const mostTimes = 100;

/** Duplicates of duplicates multiply; this is where that ends. */
const mostCopies = 1000;

/** Sends the message more than once. */
export const duplicate: Fault = defineFault({
  name: "duplicate",
  layer: "message",
  summary:
    "The message goes out again, byte for byte, right behind itself or a gap later; with a gap, others pass in between.",
  breaks: "OCPP-J: a message id is unique among those of its sender on a connection",
  goodPeer: "Answers the repeated CALL as the first, books nothing twice, and leaves a second answer alone.",
  example: "duplicate: { times: 1 }",
  settings: {
    times: integer("how often more", { min: 1, max: mostTimes }, 1),
    gap: duration("how long after one copy the next follows", 0),
  },
  apply: ({ times, gap }, { copies }) => {
    const again = Array.from({ length: times + 1 });
    // Copies of before that go out together are together the next time as well.
    const all = gap === 0 ? copies.flatMap((copy) => again.map(() => copy)) : again.flatMap(() => copies);
    const outcome = `duplicated ${count(times)}${gap === 0 ? "" : `, ${gap} ms apart`}`;
    const apart = gap === 0 ? {} : { gapMs: gap, together: Math.max(1, copies.length) };
    return { outcome, copies: all.slice(0, mostCopies), draw: null, ...apart };
  },
  explain: ({ times, gap }) =>
    `${times === 1 ? "sent twice" : `sent ${times + 1} times`}${gap === 0 ? "" : `, ${durationWords(gap)} apart`}`,
});

const count = (times: number): string => (times === 1 ? "1 time" : `${times} times`);
