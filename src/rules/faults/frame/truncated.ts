// truncated: the message's bytes break off at a drawn place inside a frame; then nothing more comes in this direction,
// or the connection is reset. Final.

import { concat } from "../../../base/bytes.js";
import { word } from "../../../yaml/settings.js";
import type { Action } from "../../contract/action.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe } from "../edit/frames.js";

/** Breaks off in the middle of a frame. */
export const truncated: Fault = defineFault({
  name: "truncated",
  layer: "frame",
  final: true,
  risksBilling: true,
  summary:
    "The message breaks off inside a frame, at a drawn byte. Then nothing more goes out in this direction, not even the end of the stream, or both sides are reset.",
  breaks:
    "RFC 6455 section 5.2: a frame has as many bytes as it declares; section 7.1.5: no close frame, code 1006",
  goodPeer:
    "Does not wait for the rest for ever: pings, gives the connection up by its timeout, and the charger dials again.",
  example: "truncated: { then: silence }",
  settings: { then: word("what comes behind", ["silence", "reset"], "silence") },
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
    // Behind what breaks off nothing can come, not even a copy.
    return {
      ...outcome,
      outcome: `truncated ${cut}, ${then}`,
      copies: outcome.copies.slice(0, 1),
      actions: [action],
    };
  },
  explain: ({ then }) =>
    then === "silence"
      ? "cut off inside a frame, with nothing behind it"
      : "cut off inside a frame and followed by a reset",
});

/** A place in [0, 1) as a number of bytes that ends inside a frame and not between two. */
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
