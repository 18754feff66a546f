// reorder: the message lets others of its direction pass before it goes out. Bounded by time, for the others may
// never come: a CALL is followed by none of its direction before it is answered.

import { durationWords } from "../../../base/duration.js";
import { duration, integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";

/** Lets later messages pass. */
export const reorder: Fault = defineFault({
  name: "reorder",
  layer: "message",
  summary:
    "The message goes out behind the next messages of its direction. One is held back at a time; a close goes behind it.",
  breaks: "OCPP-J relies on the order that RFC 6455 keeps",
  goodPeer: "Pairs answers with CALLs by their ids alone, and sorts by time stamps where the order matters.",
  example: "reorder: { gap: 1, within: 10s }",
  settings: {
    gap: integer("how many messages of this direction pass first", { min: 1, max: 1000 }, 1),
    within: duration("how long they are waited for", 30_000),
  },
  sweep: { then: "reorder: { gap: 1, within: 500ms }", needsPipelining: true },
  longestHoldMs: ({ within }) => within,
  apply: ({ gap, within }, { copies, message }) => {
    if ((message.heldBack ?? 0) > 0)
      return { outcome: notApplied("another message is held back already"), copies, draw: null };
    const wait = { kind: "messages", count: gap, only: undefined, withinMs: within } as const;
    return { outcome: `held back for ${messages(gap)}, ${within} ms at most`, copies, draw: null, wait };
  },
  explain: ({ gap, within }) =>
    `held back until ${messages(gap)} ${gap === 1 ? "has" : "have"} passed, for ${durationWords(within)} at most`,
});

const messages = (gap: number): string => (gap === 1 ? "1 message" : `${gap} messages`);
