// orphan-continuation: the message begins with a continuation frame, though there is nothing to continue.

import { opcodes } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Nothing can be set. */
export type OrphanContinuationSettings = Readonly<Record<string, never>>;

/** Takes the beginning from a message. */
export const orphanContinuation: Fault<OrphanContinuationSettings> = defineFault<OrphanContinuationSettings>({
  name: "orphan-continuation",
  layer: "frame",
  final: false,
  loses: true,
  summary: "The message's first frame is a continuation, though no message has begun.",
  breaks: "RFC 6455 section 5.4: a fragmented message begins with a frame whose opcode is not 0",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "orphan-continuation: {}",
  fields: {},
  apply: (_settings, input) =>
    reframe(input, "orphaned", null, (data) => withFirst(data, { opcode: opcodes.continuation })),
  explain: () => "sent as the continuation of a message that never began",
});
