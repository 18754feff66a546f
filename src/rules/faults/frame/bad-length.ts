// bad-length: declares a wrong length in the last frame of the message. Later bytes are unchanged, so the receiver takes them
// for the rest of the payload, or the rest of the payload for a frame.

import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, reframe } from "../edit/frames.js";

/** Declares a wrong payload length. */
export const badLength: Fault = defineFault({
  name: "bad-length",
  layer: "frame",
  risksBilling: true,
  summary:
    "Declares more or fewer bytes in the last frame of the message than it has, or 2^63. Later data is not changed.",
  breaks:
    "RFC 6455 section 5.2: the length is that of the payload, and the highest bit of a 64-bit length is 0",
  goodPeer:
    "Closes the connection with 1002, 1007 or 1009 when it can no longer read frames, or at its timeout if bytes are missing.",
  example: "bad-length: { declared: more, by: 10 }",
  settings: {
    declared: word("the declared length compared with the real one", ["more", "less", "2^63"], "more"),
    by: integer("the number of bytes; `less` stops at 0", { min: 1, max: 65_535 }, 10),
  },
  short: "declared",
  apply: ({ declared, by }, input) =>
    reframe(input, `misdeclared ${declared}${declared === "2^63" ? "" : ` by ${by}`}`, null, (data) => {
      const { frames, last } = data;
      const { declaredLength } = last;
      if (declared === "less" && declaredLength === 0) return { cannot: "its last frame is empty" };
      const wrong = {
        more: declaredLength + by,
        less: Math.max(0, declaredLength - by),
        "2^63": 2 ** 63,
      }[declared];
      const head = frames.slice(0, -1).map(({ raw }) => raw);
      return [...head, altered(last, { declaredLength: wrong, lengthForm: undefined })];
    }),
  explain: ({ declared, by }, { words }) =>
    declared === "2^63"
      ? `declares a length of 2^63 bytes in ${words}`
      : `declares ${by} bytes ${declared === "more" ? "too many" : "too few"} in ${words}`,
});
