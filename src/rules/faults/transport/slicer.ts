// slicer: splits data into small TCP writes, to find a reader that takes one read for one frame; the same as Toxiproxy's
// slicer toxic.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords, streamWords } from "../edit/shape-fault.js";

/** The usual size of a transaction message: with it, the time that its pieces take is estimated. */
const usualMessageBytes = 500;

const sizes = { min: 1, max: 1_000_000 };

/** Splits the data of a connection into small writes. */
export const slicer: Fault = defineFault({
  name: "slicer",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "Splits the data into small TCP writes, with an optional pause between them. Without a pause, the operating system may join them again.",
  goodPeer: "Assembles frames from pieces of any size, and notices nothing.",
  example: "slicer: { averageSize: 8, sizeVariation: 4, delay: 5ms }",
  settings: {
    averageSize: integer("average size of a piece in bytes", sizes),
    sizeVariation: integer("variation of the size in bytes, random for each piece", { ...sizes, min: 0 }, 0),
    delay: duration("pause between two pieces", 0),
    direction: directionField(),
    for: forField,
  },
  short: "averageSize",
  check: (settings, value, report) => {
    const { averageSize, sizeVariation } = settings;
    if (sizeVariation < averageSize) return true;
    const must = "sizeVariation must be less than averageSize, so that each piece has at least one byte";
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
  explain: ({ averageSize, sizeVariation, delay, ...span }, target) => {
    const pause = delay === 0 ? "" : `, ${durationWords(delay)} apart`;
    const size = `${averageSize}${sizeVariation === 0 ? "" : ` ± ${sizeVariation}`} bytes`;
    return `splits the data into small writes (${size}${pause}) on ${streamWords(target)}${spanWords(span)}`;
  },
});

const sizeWords = (average: number, variation: number): string =>
  `${average}${variation === 0 ? "" : ` +-${variation}`}`;
