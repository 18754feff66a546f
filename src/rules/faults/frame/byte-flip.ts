// byte-flip: changes random bytes of the message to random other values.

import { concat } from "../../../base/bytes.js";
import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault, type FaultInput } from "../../contract/fault.js";
import { type DataFrames, reframe } from "../edit/frames.js";

/** How many bytes, and in which part of the message. */
export interface ByteFlipSettings {
  readonly n: number;
  readonly in: "payload" | "header" | "frame";
}

/** Changes random bytes of a message. */
export const byteFlip: Fault = defineFault({
  name: "byte-flip",
  layer: "frame",
  risksBilling: true,
  summary:
    "Changes random bytes of the message: in its payload, in its frame headers, or anywhere in its frames.",
  breaks:
    "RFC 6455 section 8.1 if the text is no longer UTF-8, or a clause of section 5 if a header is invalid",
  goodPeer:
    "Closes the connection with 1007 or 1002, answers invalid JSON with CALLERROR, and never acts on an invalid value.",
  example: "byte-flip: { n: 3 }",
  settings: {
    n: integer("how many bytes, at most all of them", { min: 1, max: 1000 }, 1),
    in: word("which part of the message", ["payload", "header", "frame"], "payload"),
  },
  short: "n",
  apply: ({ n, in: where }, input) => {
    let count = 0;
    const outcome = reframe(input, "flipped", input.draw("place0"), (data) => {
      const places = placesIn(data, where);
      if (places.length === 0) return { cannot: "its payload is empty" };
      count = Math.min(n, places.length);
      const bytes = concat([new Uint8Array(0), ...data.frames.map(({ raw }) => raw)]);
      for (const [i, at] of pick(places, count, input).entries())
        bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(input.draw(`bits${i}`) * 255));
      return [bytes];
    });
    if (outcome.copies === input.copies) return outcome;
    return { ...outcome, outcome: `flipped ${count} ${count === 1 ? "byte" : "bytes"}` };
  },
  explain: ({ n, in: where }, { words }) => {
    const part = { payload: "payload", header: "frame headers", frame: "frames" }[where];
    return `changes ${n} random ${n === 1 ? "byte" : "bytes"} in the ${part} of ${words}`;
  },
});

/** A range of bytes; `to` is exclusive. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Places {
  readonly length: number;
  readonly at: (index: number) => number;
}

/** The bytes that may be changed, by index. Not a list, because a message may be large. */
const placesIn = ({ frames }: DataFrames, where: ByteFlipSettings["in"]): Places => {
  const stretches: Stretch[] = [];
  let start = 0;
  for (const { raw, headerLength } of frames) {
    const from = where === "payload" ? start + headerLength : start;
    const to = where === "header" ? start + headerLength : start + raw.length;
    stretches.push({ from, to });
    start += raw.length;
  }
  const length = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const at = (index: number): number => {
    let left = index;
    for (const { from, to } of stretches) {
      if (left < to - from) return from + left;
      left -= to - from;
    }
    return 0;
  };
  return { length, at };
};

/** This many different random places. If one is taken, the next free one. */
const pick = ({ length, at }: Places, count: number, { draw }: FaultInput): readonly number[] => {
  const taken = new Set<number>();
  for (let i = 0; i < count; i++) {
    let index = Math.floor(draw(`place${i}`) * length);
    while (taken.has(index)) index = (index + 1) % length;
    taken.add(index);
  }
  return [...taken].map(at);
};
