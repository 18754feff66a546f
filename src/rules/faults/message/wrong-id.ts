// wrong-id: the message goes out with another id, so that an answer finds no CALL, or a CALL is answered for another.

import { replacement } from "../../../ocpp/json/edits.js";
import { optional, text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";
import { ownId } from "../edit/own-message.js";

/** Changes the id. */
export const wrongId: Fault = defineFault({
  name: "wrong-id",
  layer: "message",
  risksBilling: true,
  summary: "The message goes out with another id; of an answer, one that belongs to no CALL.",
  breaks: "OCPP-J: an answer has the id of its CALL (1.6J section 4.2.2)",
  goodPeer: "Leaves an answer alone that it asked nothing for, and gives the CALL up after its timeout.",
  example: "wrong-id: {}",
  settings: { id: optional(text("the id; left out, one is drawn that nobody has")) },
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
  explain: ({ id }) => `given ${id === undefined ? "an id that nobody has" : `the id ${JSON.stringify(id)}`}`,
});
