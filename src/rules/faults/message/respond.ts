// respond: a CALL is answered by us in the peer's place. It goes no further, unless it is to be forwarded: then the
// peer's own answer is kept.

import { utf8 } from "../../../base/bytes.js";
import { opposite } from "../../../base/direction.js";
import { flag } from "../../../yaml/settings.js";
import type { Action } from "../../contract/action.js";
import { json } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";
import { resultText } from "../edit/own-message.js";

/** Answers in the peer's place. */
export const respond: Fault = defineFault({
  name: "respond",
  layer: "message",
  risksBilling: true,
  actsBothWays: true,
  summary:
    "A CALL is answered in the peer's place. It goes no further; with `forward` it does, and the peer's own answer is kept.",
  goodPeer: "Cannot tell the answer from the other's, and acts on what it says.",
  example: "respond: { payload: { status: Rejected } }",
  settings: {
    payload: json("the payload of the CALLRESULT", "{}"),
    forward: flag("let the CALL go through and keep the peer's own answer"),
  },
  sweep: { leftOut: "it answers instead of the CSMS, so the CSMS never receives the message" },
  apply: ({ payload, forward }, { copies, message }) => {
    const { type, id } = message;
    if (type !== "CALL" || id === undefined)
      return { outcome: notApplied("the message is no CALL"), copies, draw: null };
    const direction = opposite(message.direction);
    const answer: Action = {
      kind: "inject",
      direction,
      payload: utf8(resultText(id, payload)),
      when: "now",
      keepAnswer: false,
      timeoutMs: 0,
    };
    const keep: Action = { kind: "answer", direction, id, plan: { kind: "keep" } };
    return {
      outcome: forward ? "answered and forwarded" : "answered",
      copies: forward ? copies : [],
      draw: null,
      actions: forward ? [keep, answer] : [answer],
    };
  },
  explain: ({ payload, forward }) =>
    `answered in the peer's place with ${payload.length > 60 ? `${payload.slice(0, 60)}...` : payload}${forward ? ", and forwarded all the same" : ""}`,
});
