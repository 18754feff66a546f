// text-as-binary: a text message goes out as a binary one, byte for byte.

import { opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Changes the type of the message. */
export const textAsBinary: Fault = defineFault({
  name: "text-as-binary",
  layer: "frame",
  risksBilling: true,
  summary: "A text message goes out as a binary one, with the same bytes.",
  breaks: "OCPP-J, whose messages are JSON in text messages (RFC 6455 section 5.6 itself allows binary ones)",
  goodPeer: "Takes the message for what it says, or closes with code 1003 and says why.",
  example: "text-as-binary: {}",
  settings: {},
  apply: (_settings, input) =>
    reframe(input, "retyped binary", null, (data) =>
      data.first.opcode === opcodes.text
        ? withFirst(data, { opcode: opcodes.binary })
        : { cannot: "the message is no text" },
    ),
  explain: () => "sent as a binary message",
});
