// fragment: the message goes out in fragments of so many bytes, which is lawful.

import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, wholePayload } from "../edit/frames.js";

/** A frame is a dozen bytes and an event for the receiver; nobody needs more of them. */
const mostFragments = 10_000;

/** Cuts the message into frames. */
export const fragment: Fault = defineFault({
  name: "fragment",
  layer: "frame",
  summary: `The message goes out in fragments of \`size\` bytes, ${mostFragments} at most; characters may be cut in two.`,
  goodPeer:
    "Puts the fragments together and takes the message as if it had come whole (RFC 6455 section 5.4).",
  example: "fragment: { size: 10 }",
  settings: { size: integer("bytes of a fragment's payload", { min: 1, max: 1_000_000 }) },
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
  explain: ({ size }) => `sent in fragments of ${size} bytes`,
});
