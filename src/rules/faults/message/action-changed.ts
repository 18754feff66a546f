// action-changed: a CALL or SEND goes out under another action, with the payload that it had.

import { replacement } from "../../../ocpp/json/edits.js";
import { text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";

/** Changes the action. */
export const actionChanged: Fault = defineFault({
  name: "action-changed",
  layer: "message",
  risksBilling: true,
  summary: "A CALL or SEND goes out under another action, with the payload that it had.",
  breaks: "OCPP-J: a CALL names an action that both peers know (1.6J section 4.2.1)",
  goodPeer:
    "Answers with CALLERROR NotImplemented (or NotSupported), or with what is wrong with the payload.",
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
  explain: ({ to }) => `sent as ${to}`,
});
