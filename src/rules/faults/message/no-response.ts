// no-response: forwards a CALL and drops its answer. An answer that matches the rule is dropped itself.

import { opposite } from "../../../base/direction.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";

/** Drops the answer to a CALL. */
export const noResponse: Fault = defineFault({
  name: "no-response",
  layer: "message",
  risksBilling: true,
  actsBothWays: true,
  summary: "Forwards the CALL and drops its answer, CALLRESULT or CALLERROR.",
  breaks: "OCPP-J: a CALL is answered (1.6J section 4.1.1)",
  goodPeer:
    "Gives up after its timeout and repeats a transaction message, which the other side books only once.",
  example: "no-response: {}",
  settings: {},
  apply: (_settings, { copies, message }) => {
    const { type, id } = message;
    const base = { draw: null, copies };
    if (type === "CALLRESULT" || type === "CALLERROR")
      return { ...base, outcome: "kept the answer", copies: [] };
    if (type !== "CALL" || id === undefined)
      return { ...base, outcome: notApplied("the message is neither a CALL nor an answer") };
    const direction = opposite(message.direction);
    const action = { kind: "answer", direction, id, plan: { kind: "keep" } } as const;
    return { ...base, outcome: "unanswered", actions: [action] };
  },
  explain: (_settings, { words, isAnswer }) => `drops ${isAnswer ? "" : "the answer to "}${words}`,
});
