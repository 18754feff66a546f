// fragment: splits the message into fragments, which is valid.

import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, wholePayload } from "../edit/frames.js";

/** Each fragment costs a header and an event at the receiver, so there is a limit. */
const mostFragments = 10_000;

/** Splits a message into fragments. */
export const fragment: Fault = defineFault({
  name: "fragment",
  layer: "frame",
  summary: `Splits the message into fragments of \`size\` bytes, at most ${mostFragments}. A fragment may end inside a character.`,
  goodPeer: "Joins the fragments and handles the message as if it were one frame (RFC 6455 section 5.4).",
  example: "fragment: { size: 10 }",
  settings: { size: integer("payload bytes of each fragment", { min: 1, max: 1_000_000 }) },
  short: "size",
  apply: ({ size }, input) => {
    let count = 0;
    const outcome = reframe(input, "fragmented", null, (data) => {
      const payload = wholePayload(data);
      count = Math.max(1, Math.ceil(payload.length / size));
      if (count > mostFragments)
        return { cannot: `these would be ${count} fragments, more than ${mostFragments}` };
      const { rsv, opcode, mask } = data.first;
      return Array.from({ length: count }, (_, i) =>
        encodeFrame({
          fin: i === count - 1 && data.last.fin,
          rsv: i === 0 ? rsv : 0,
          opcode: i === 0 ? opcode : opcodes.continuation,
          mask,
          payload: payload.subarray(i * size, (i + 1) * size),
        }),
      );
    });
    return outcome.copies === input.copies
      ? outcome
      : { ...outcome, outcome: `fragmented ${count} x ${size} bytes` };
  },
  explain: ({ size }, { words }) => `splits ${words} into fragments of ${size} bytes`,
});
