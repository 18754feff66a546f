// respond: the proxy answers a CALL itself instead of forwarding it. With `forward` it also forwards the CALL and drops the
// peer's own answer.

import { utf8 } from "../../../base/bytes.js";
import { opposite } from "../../../base/direction.js";
import { flag } from "../../../yaml/settings.js";
import type { Action } from "../../contract/action.js";
import { json } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";
import { resultText } from "../edit/own-message.js";

/** Answers a CALL instead of the peer. */
export const respond: Fault = defineFault({
  name: "respond",
  layer: "message",
  risksBilling: true,
  actsBothWays: true,
  summary:
    "Answers a CALL instead of the peer. The CALL is not forwarded; with `forward` it is, and the peer's own answer is dropped.",
  goodPeer: "Cannot tell the answer from a real one, and acts on its content.",
  example: "respond: { payload: { status: Rejected } }",
  settings: {
    payload: json("the payload of the CALLRESULT", "{}"),
    forward: flag("forward the CALL and drop the peer's own answer"),
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
  explain: ({ payload, forward }, { words }) => {
    const shown = payload.length > 60 ? `${payload.slice(0, 60)}...` : payload;
    return `answers ${words} with ${shown} instead of ${forward ? "the peer's own answer" : "forwarding it"}`;
  },
});
