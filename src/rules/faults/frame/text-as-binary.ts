// text-as-binary: sends a text message as a binary message with the same bytes.

import { opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Sends a text message as a binary message. */
export const textAsBinary: Fault = defineFault({
  name: "text-as-binary",
  layer: "frame",
  risksBilling: true,
  summary: "Sends a text message as a binary message with the same bytes.",
  breaks: "OCPP-J: messages are JSON in text messages (RFC 6455 section 5.6 itself allows binary messages)",
  goodPeer: "Reads the message anyway, or closes the connection with code 1003 and a reason.",
  example: "text-as-binary: {}",
  settings: {},
  apply: (_settings, input) =>
    reframe(input, "retyped binary", null, (data) =>
      data.first.opcode === opcodes.text
        ? withFirst(data, { opcode: opcodes.binary })
        : { cannot: "the message is no text" },
    ),
  explain: (_settings, { words }) => `turns ${words} into a binary message`,
});
