// wrong-id: changes the message id, so that an answer matches no CALL.

import { replacement } from "../../../ocpp/json/edits.js";
import { optional, text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";
import { ownId } from "../edit/own-message.js";

/** Changes the message id. */
export const wrongId: Fault = defineFault({
  name: "wrong-id",
  layer: "message",
  risksBilling: true,
  summary: "Changes the message id. An answer then matches no CALL.",
  breaks: "OCPP-J: an answer has the id of its CALL (1.6J section 4.2.2)",
  goodPeer: "Ignores an answer that it did not ask for, and gives up the CALL after its timeout.",
  example: "wrong-id: {}",
  settings: { id: optional(text("the id; a random unused one by default")) },
  short: "id",
  apply: ({ id }, { copies, draw }) => {
    const drawn = id === undefined ? draw() : null;
    const other = id ?? ownId(drawn ?? 0);
    const changed = editMessage(copies, ({ id: node }) =>
      node === undefined
        ? "the message has no id"
        : { edits: [replacement(node, JSON.stringify(other))], outcome: `renumbered ${other}` },
    );
    return { outcome: changed.outcome, copies: changed.copies, draw: drawn };
  },
  explain: ({ id }, { words }) =>
    `sets ${id === undefined ? "an unknown id" : `the id ${JSON.stringify(id)}`} in ${words}`,
});
