// orphan-continuation: starts the message with a continuation frame, although there is nothing to continue.

import { opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Starts a message with a continuation frame. */
export const orphanContinuation: Fault = defineFault({
  name: "orphan-continuation",
  layer: "frame",
  risksBilling: true,
  summary: "Turns the first frame of the message into a continuation frame, although no message was started.",
  breaks: "RFC 6455 section 5.4: the first frame of a fragmented message has an opcode other than 0",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
  example: "orphan-continuation: {}",
  settings: {},
  sweep: { mustClose: true },
  apply: (_settings, input) =>
    reframe(input, "orphaned", null, (data) => withFirst(data, { opcode: opcodes.continuation })),
  explain: (_settings, { words }) =>
    `sends a continuation frame without a first fragment instead of ${words}`,
});
