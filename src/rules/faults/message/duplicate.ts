// duplicate: sends the message again with the same bytes, directly after it or later.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

const mostTimes = 100;

/** Limit for duplicates of duplicates. */
const mostCopies = 1000;

/** Sends a message more than once. */
export const duplicate: Fault = defineFault({
  name: "duplicate",
  layer: "message",
  summary:
    "Sends the message again with the same bytes, directly after it or after a gap. With a gap, other messages pass in between.",
  breaks: "OCPP-J: a message id is unique among those of its sender on a connection",
  goodPeer: "Answers the repeated CALL like the first, books nothing twice, and ignores a second answer.",
  example: "duplicate: { times: 1 }",
  settings: {
    times: integer("number of additional copies", { min: 1, max: mostTimes }, 1),
    gap: duration("time between two copies", 0),
  },
  apply: ({ times, gap }, { copies }) => {
    const again = Array.from({ length: times + 1 });
    // Copies that an earlier fault sends together stay together.
    const all = gap === 0 ? copies.flatMap((copy) => again.map(() => copy)) : again.flatMap(() => copies);
    const outcome = `duplicated ${count(times)}${gap === 0 ? "" : `, ${gap} ms apart`}`;
    const apart = gap === 0 ? {} : { gapMs: gap, together: Math.max(1, copies.length) };
    return { outcome, copies: all.slice(0, mostCopies), draw: null, ...apart };
  },
  explain: ({ times, gap }, { words }) =>
    `sends ${words} ${times === 1 ? "twice" : `${times + 1} times`}${gap === 0 ? "" : `, ${durationWords(gap)} apart`}`,
});

const count = (times: number): string => (times === 1 ? "1 time" : `${times} times`);
