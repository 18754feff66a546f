// interleaved-messages: splits the message into two fragments and sends the whole message between them.

import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, wholePayload } from "../edit/frames.js";

/** Puts a message between the fragments of another. */
export const interleavedMessages: Fault = defineFault({
  name: "interleaved-messages",
  layer: "frame",
  risksBilling: true,
  summary:
    "Splits the message into two fragments and sends the whole message once more between them, as a new data frame.",
  breaks: "RFC 6455 section 5.4: fragments of one message are not interleaved with those of another",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
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
  explain: (_settings, { words }) => `puts another message between two fragments of ${words}`,
});
