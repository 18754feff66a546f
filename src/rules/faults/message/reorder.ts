// reorder: holds the message until other messages of its direction have passed. Limited in time, because there may be no other
// message: after a CALL, its sender usually sends none before the answer.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";

/** Forwards a message after later ones. */
export const reorder: Fault = defineFault({
  name: "reorder",
  layer: "message",
  summary:
    "Holds the message until later messages of its direction have passed. Only one message is held at a time. A close frame never overtakes it.",
  breaks: "OCPP-J relies on the message order that RFC 6455 guarantees",
  goodPeer: "Matches answers to CALLs by id only, and sorts by timestamp if the order matters.",
  example: "reorder: { gap: 1, within: 10s }",
  settings: {
    gap: integer("number of messages of this direction that pass first", { min: 1, max: 1000 }, 1),
    within: duration("how long the message is held at most", 30_000),
  },
  sweep: { then: "reorder: { gap: 1, within: 500ms }", needsPipelining: true },
  longestHoldMs: ({ within }) => within,
  apply: ({ gap, within }, { copies, message }) => {
    if ((message.heldBack ?? 0) > 0)
      return { outcome: notApplied("another message is held back already"), copies, draw: null };
    const wait = { kind: "messages", count: gap, only: undefined, withinMs: within } as const;
    return { outcome: `held back for ${messages(gap)}, ${within} ms at most`, copies, draw: null, wait };
  },
  explain: ({ gap, within }, { words }) =>
    `holds ${words} until ${messages(gap)} ${gap === 1 ? "has" : "have"} passed, at most ${durationWords(within)}`,
});

const messages = (gap: number): string => (gap === 1 ? "1 message" : `${gap} messages`);
