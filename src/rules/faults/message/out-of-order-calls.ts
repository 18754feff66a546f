// out-of-order-calls: holds a CALL until the next CALL of its direction has passed, so that the two arrive in the wrong order.
// Peers with only one open CALL at a time send no other CALL before the time is up.

import { durationWords } from "../../../base/duration.js";
import { duration } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";

/** Swaps two CALLs. */
export const outOfOrderCalls: Fault = defineFault({
  name: "out-of-order-calls",
  layer: "message",
  summary: "Holds a CALL until the next CALL of its direction has passed. Other messages pass meanwhile.",
  breaks: "OCPP-J: transaction messages are delivered in chronological order (1.6 section 3.7.1)",
  goodPeer: "Answers both, and books them by their timestamps and sequence numbers.",
  example: "out-of-order-calls: { within: 30s }",
  settings: { within: duration("how long the CALL is held at most", 30_000) },
  sweep: { then: "out-of-order-calls: { within: 500ms }", needsPipelining: true },
  longestHoldMs: ({ within }) => within,
  apply: ({ within }, { copies, message }) => {
    const why =
      message.type !== "CALL"
        ? "the message is no CALL"
        : (message.heldBack ?? 0) > 0
          ? "another message is held back already"
          : undefined;
    if (why !== undefined) return { outcome: notApplied(why), copies, draw: null };
    const wait = { kind: "messages", count: 1, only: "CALL", withinMs: within } as const;
    return { outcome: `held back for 1 CALL, ${within} ms at most`, copies, draw: null, wait };
  },
  explain: ({ within }, { words }) =>
    `holds ${words} until the next CALL has passed, at most ${durationWords(within)}`,
});
