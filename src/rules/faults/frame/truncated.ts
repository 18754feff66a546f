// truncated: cuts the message off at a random byte inside a frame. After that, nothing more is sent in this direction, or the
// connection is reset.

import { concat } from "../../../base/bytes.js";
import { word } from "../../../yaml/settings.js";
import type { Action } from "../../contract/action.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe } from "../edit/frames.js";

/** Cuts a message off inside a frame. */
export const truncated: Fault = defineFault({
  name: "truncated",
  layer: "frame",
  final: true,
  risksBilling: true,
  summary:
    "Cuts the message off at a random byte inside a frame. After that, nothing more is sent in this direction, not even a FIN, or both sides are reset.",
  breaks:
    "RFC 6455 section 5.2 (a frame has the declared number of bytes) and section 7.1.5 (no close frame, code 1006)",
  goodPeer:
    "Does not wait forever for the rest: it pings, closes the connection at its timeout, and the charger connects again.",
  example: "truncated: { then: silence }",
  settings: { then: word("what happens then", ["silence", "reset"], "silence") },
  short: "then",
  apply: ({ then }, input) => {
    const place = input.draw();
    let cut = "";
    const outcome = reframe(input, "truncated", place, ({ frames }) => {
      const whole = concat(frames.map(({ raw }) => raw));
      const inside = insideFrames(frames.map(({ raw }) => raw.length));
      const at = inside(place);
      cut = `${at} of ${whole.length} bytes`;
      return [whole.subarray(0, at)];
    });
    if (outcome.draw === null) return outcome;
    const { direction } = input.message;
    const action: Action =
      then === "silence" ? { kind: "silence", direction } : { kind: "reset", to: "both" };
    // Nothing can follow an incomplete frame, not even a copy.
    return {
      ...outcome,
      outcome: `truncated ${cut}, ${then}`,
      copies: outcome.copies.slice(0, 1),
      actions: [action],
    };
  },
  explain: ({ then }, { words }) =>
    `cuts off ${words} inside a frame, then ${then === "silence" ? "sends nothing more" : "resets the connection"}`,
});

/** Turns a place in [0, 1) into a number of bytes that ends inside a frame and not between two. */
const insideFrames = (lengths: readonly number[]): ((place: number) => number) => {
  const inner = lengths.reduce((sum, length) => sum + length - 1, 0);
  return (place) => {
    let left = Math.floor(place * inner);
    let at = 0;
    for (const length of lengths) {
      if (left < length - 1) return at + left + 1;
      left -= length - 1;
      at += length;
    }
    return at - 1;
  };
};
