// interleaved-messages: between two fragments of the message stands a new one, which is the same message whole.

import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, wholePayload } from "../edit/frames.js";

/** Puts a message into a message. */
export const interleavedMessages: Fault = defineFault({
  name: "interleaved-messages",
  layer: "frame",
  risksBilling: true,
  summary:
    "The message goes out in two fragments, and between them the same message once more, whole, as a new data frame.",
  breaks: "RFC 6455 section 5.4: fragments of one message are not interleaved with those of another",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "interleaved-messages: {}",
  settings: {},
  sweep: { mustClose: true },
  apply: (_settings, input) =>
    reframe(input, "interleaved", null, (data) => {
      const { rsv, opcode, mask } = data.first;
      const payload = wholePayload(data);
      const half = payload.length >>> 1;
      return [
        encodeFrame({ fin: false, rsv, opcode, mask, payload: payload.subarray(0, half) }),
        encodeFrame({ rsv, opcode, mask, payload }),
        encodeFrame({ opcode: opcodes.continuation, mask, payload: payload.subarray(half) }),
      ];
    }),
  explain: () => "sent in two fragments with a new message between them",
});
