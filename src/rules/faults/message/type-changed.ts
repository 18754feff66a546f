// type-changed: changes the message type number, and nothing else.

import { replacement } from "../../../ocpp/json/edits.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";

/** Changes the message type number. */
export const typeChanged: Fault = defineFault({
  name: "type-changed",
  layer: "message",
  risksBilling: true,
  summary: "Changes the message type number: 2, 3, 4, 5, 6 or an unknown one.",
  breaks: "OCPP-J: the message type numbers (1.6J section 4.1.3; 2.1 part 4 section 4.1.3)",
  goodPeer: "Ignores a message of an unknown type, and does not answer a message that needs no answer.",
  example: "type-changed: { to: 99 }",
  settings: { to: integer("the message type number", { min: -1, max: 1_000_000 }, 99) },
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
  explain: ({ to }, { words }) => `sets the message type ${to} in ${words}`,
});
