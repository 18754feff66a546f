// action-changed: changes the action of a CALL or SEND and keeps its payload.

import { replacement } from "../../../ocpp/json/edits.js";
import { text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";

/** Changes the action. */
export const actionChanged: Fault = defineFault({
  name: "action-changed",
  layer: "message",
  risksBilling: true,
  summary: "Changes the action of a CALL or SEND and keeps its payload.",
  breaks: "OCPP-J: a CALL has an action that both peers know (1.6J section 4.2.1)",
  goodPeer: "Answers with CALLERROR NotImplemented or NotSupported, or with an error about the payload.",
  example: "action-changed: { to: NoSuchAction }",
  settings: { to: text("the action", "NoSuchAction") },
  short: "to",
  sweep: { on: "running" },
  apply: ({ to }, { copies }) => {
    const changed = editMessage(copies, ({ action }) =>
      action === undefined
        ? "the message names no action"
        : { edits: [replacement(action, JSON.stringify(to))], outcome: `renamed ${to}` },
    );
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ to }, { words }) => `sets the action ${to} in ${words}`,
});
