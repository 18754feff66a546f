// callerror: answers a CALL with a CALLERROR instead of forwarding it; replaces an answer by a CALLERROR.

import { utf8 } from "../../../base/bytes.js";
import { opposite } from "../../../base/direction.js";
import { text } from "../../../yaml/settings.js";
import { json } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage, notApplied } from "../edit/edit-message.js";
import { errorText } from "../edit/own-message.js";

/** Answers with a CALLERROR. */
export const callerror: Fault = defineFault({
  name: "callerror",
  layer: "message",
  risksBilling: true,
  actsBothWays: true,
  summary: "Answers a CALL with a CALLERROR instead of forwarding it. Replaces an answer by a CALLERROR.",
  goodPeer:
    "Reports the failure, continues, and repeats a transaction message as often as configured (1.6 section 3.7.1).",
  example: "callerror: { code: InternalError, description: planned }",
  settings: {
    code: text("the error code; unknown ones are allowed", "InternalError"),
    description: text("the error description", ""),
    details: json("the error details", "{}"),
  },
  short: "code",
  apply: ({ code, description, details }, { copies, message }) => {
    const { type, id, direction } = message;
    const outcome = `refused ${code}`;
    if (type === "CALL" && id !== undefined) {
      const payload = utf8(errorText(id, code, description, details));
      const to = opposite(direction);
      const action = {
        kind: "inject",
        direction: to,
        payload,
        when: "now",
        keepAnswer: false,
        timeoutMs: 0,
      } as const;
      return { outcome, copies: [], draw: null, actions: [action] };
    }
    if (type !== "CALLRESULT" && type !== "CALLERROR")
      return { outcome: notApplied("the message is neither a CALL nor an answer"), copies, draw: null };
    const changed = editMessage(copies, ({ id: node }) =>
      typeof node?.value === "string"
        ? { bytes: utf8(errorText(node.value, code, description, details)), outcome }
        : "the message has no id",
    );
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ code }, { words, isAnswer }) =>
    isAnswer ? `sends CALLERROR ${code} instead of ${words}` : `answers ${words} with CALLERROR ${code}`,
});
