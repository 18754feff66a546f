// bad-length: the message's last frame declares another length than it has. What follows goes out as it is, so that
// the receiver takes it for the rest of the payload, or the rest of the payload for a frame.

import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, reframe } from "../edit/frames.js";

/** Declares a wrong length. */
export const badLength: Fault = defineFault({
  name: "bad-length",
  layer: "frame",
  risksBilling: true,
  summary:
    "The message's last frame declares more or fewer bytes than it has, or 2^63; what follows goes out as it is.",
  breaks:
    "RFC 6455 section 5.2: the length is that of the payload, and the highest bit of a 64-bit length is 0",
  goodPeer:
    "Fails the connection with 1002, 1007 or 1009 once it cannot follow; where bytes are missing, by its timeout.",
  example: "bad-length: { declared: more, by: 10 }",
  settings: {
    declared: word("what the header says, compared with what there is", ["more", "less", "2^63"], "more"),
    by: integer("how many bytes more or less; all there are at most", { min: 1, max: 65_535 }, 10),
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
  explain: ({ declared, by }) =>
    `sent with a declared length of ${declared === "2^63" ? declared : `${by} bytes ${declared === "more" ? "more" : "fewer"} than there are`}`,
});
