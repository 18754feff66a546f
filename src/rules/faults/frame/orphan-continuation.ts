// orphan-continuation: the message begins with a continuation frame, though there is nothing to continue.

import { opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Takes the beginning from a message. */
export const orphanContinuation: Fault = defineFault({
  name: "orphan-continuation",
  layer: "frame",
  risksBilling: true,
  summary: "The message's first frame is a continuation, though no message has begun.",
  breaks: "RFC 6455 section 5.4: a fragmented message begins with a frame whose opcode is not 0",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "orphan-continuation: {}",
  settings: {},
  sweep: { mustClose: true },
  apply: (_settings, input) =>
    reframe(input, "orphaned", null, (data) => withFirst(data, { opcode: opcodes.continuation })),
  explain: () => "sent as the continuation of a message that never began",
});
