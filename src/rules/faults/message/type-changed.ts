// type-changed: the number of the message's type becomes another one, known or not; everything else stays.

import { replacement } from "../../../ocpp/json/edits.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";

/** Changes the type. */
export const typeChanged: Fault = defineFault({
  name: "type-changed",
  layer: "message",
  risksBilling: true,
  summary: "The number of the message's type becomes another one: 2, 3, 4, 5, 6, or one that nobody knows.",
  breaks: "OCPP-J: the message type numbers (1.6J section 4.1.3; 2.1 part 4 section 4.1.3)",
  goodPeer: "Ignores a message of a type that it does not know, and answers no message that asks nothing.",
  example: "type-changed: { to: 99 }",
  settings: { to: integer("the number", { min: -1, max: 1_000_000 }, 99) },
  short: "to",
  sweep: { on: "running" },
  apply: ({ to }, { copies }) => {
    const changed = editMessage(copies, ({ items: [node] }) =>
      node === undefined
        ? "the message has no type"
        : { edits: [replacement(node, String(to))], outcome: `retyped ${to}` },
    );
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ to }) => `given the message type ${to}`,
});
