// duplicate-id: gives a CALL the id of the previous CALL in its direction.

import { replacement } from "../../../ocpp/json/edits.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage, notApplied } from "../edit/edit-message.js";

/** Uses a message id twice. */
export const duplicateId: Fault = defineFault({
  name: "duplicate-id",
  layer: "message",
  risksBilling: true,
  summary: "Gives the CALL the id of the previous CALL in its direction.",
  breaks: "OCPP-J: a message id is unique among those of its sender (1.6J section 4.1.4)",
  goodPeer: "Answers the CALL by its content and not as the earlier CALL with this id.",
  example: "duplicate-id: {}",
  settings: {},
  apply: (_settings, { copies, message, recall }) => {
    const { callId } = recall ?? {};
    const why =
      message.type !== "CALL" && message.type !== "SEND"
        ? "the message is no CALL"
        : callId === undefined
          ? "no CALL came before it"
          : undefined;
    if (callId === undefined || why !== undefined)
      return { outcome: notApplied(why ?? ""), copies, draw: null };
    const changed = editMessage(copies, ({ id }) =>
      id === undefined
        ? "the message has no id"
        : { edits: [replacement(id, JSON.stringify(callId))], outcome: `renumbered ${callId}` },
    );
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: (_settings, { words }) => `sets the id of the previous CALL in ${words}`,
});
