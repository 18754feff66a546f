// slicer: what passes is cut into small writes, which tell a reader that takes one read for one frame; Toxiproxy's
// toxic of that name.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords } from "../edit/shape-fault.js";

/** The usual size of a transaction message, for the time that its pieces take. */
const usualMessageBytes = 500;

const sizes = { min: 1, max: 1_000_000 };

/** Cuts the stream into small writes. */
export const slicer: Fault = defineFault({
  name: "slicer",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "From then on what passes is cut into small writes, with a pause between them. Without a pause, the system may put them together again.",
  goodPeer: "Puts frames together from whatever pieces come, and notices nothing.",
  example: "slicer: { averageSize: 8, sizeVariation: 4, delay: 5ms }",
  settings: {
    averageSize: integer("bytes a piece on average", sizes),
    sizeVariation: integer("so many more or less, drawn for each piece", { ...sizes, min: 0 }, 0),
    delay: duration("the pause between two pieces", 0),
    direction: directionField(),
    for: forField,
  },
  short: "averageSize",
  check: (settings, value, report) => {
    const { averageSize, sizeVariation } = settings;
    if (sizeVariation < averageSize) return true;
    const must = "sizeVariation must be less than averageSize, for no piece has less than one byte";
    report(value.where, "slicer", `${must}; found ${sizeVariation} and ${averageSize}`);
    return false;
  },
  sweep: { on: "connection" },
  longestHoldMs: ({ averageSize, delay }) => (usualMessageBytes / averageSize) * delay,
  apply: ({ averageSize, sizeVariation, delay, ...span }, input) =>
    shapes(input, `sliced ${sizeWords(averageSize, sizeVariation)} bytes ${delay} ms`, span, {
      kind: "slicer",
      averageSize,
      sizeVariation,
      delay,
    }),
  explain: ({ averageSize, sizeVariation, delay, ...span }) =>
    `cut into pieces of ${sizeWords(averageSize, sizeVariation)} bytes${delay === 0 ? "" : `, ${durationWords(delay)} apart`}${spanWords(span)}`,
});

const sizeWords = (average: number, variation: number): string =>
  `${average}${variation === 0 ? "" : ` +-${variation}`}`;
