// no-response: a CALL goes through, and its answer is kept from whoever asked; an answer that the rule fits is kept
// itself.

import { opposite } from "../../../base/direction.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";

/** Keeps the answer. */
export const noResponse: Fault = defineFault({
  name: "no-response",
  layer: "message",
  risksBilling: true,
  actsBothWays: true,
  summary:
    "The CALL goes through and is acted on; its answer, CALLRESULT or CALLERROR, is kept from whoever asked.",
  breaks: "OCPP-J: a CALL is answered (1.6J section 4.1.1)",
  goodPeer: "Gives up after its timeout and repeats a transaction message, which the other books only once.",
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
  explain: () => "left without an answer",
});
