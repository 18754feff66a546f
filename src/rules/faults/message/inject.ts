// inject: sends an additional message in either direction, after the message or at the start of a connection. A CALL waits until no
// CALL of its direction is open, and the peer's own CALLs wait until it is answered (OCPP 2.x part 4 chapter 6); `when: now`
// does not wait. The answer is not forwarded.

import { utf8 } from "../../../base/bytes.js";
import { duration, flag, optional, text, word } from "../../../yaml/settings.js";
import { json, direction as way } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { callText, ownId, sendText } from "../edit/own-message.js";

/** Sends an additional message. */
export const inject: Fault = defineFault({
  name: "inject",
  layer: "message",
  points: ["message", "connection"],
  actsBothWays: true,
  summary:
    "Sends an additional message in either direction. A CALL waits until no CALL of its direction is open, and the peer's CALLs wait until it is answered; the answer is not forwarded. With `when: now` it does not wait.",
  breaks: "OCPP 2.x part 4 chapter 6, but only with `when: now`",
  goodPeer: "Answers it like any other CALL. With `when: now`, answers both open CALLs by their ids.",
  example:
    "inject: { direction: csms-to-cp, action: TriggerMessage, payload: { requestedMessage: Heartbeat } }",
  settings: {
    direction: way("the direction of the message"),
    type: word("CALL, or SEND, which needs no answer", ["CALL", "SEND"], "CALL"),
    action: optional(text("the action")),
    payload: json("the payload", "{}"),
    id: optional(text("the id; a random unused one by default")),
    message: optional(text("the whole message as text, instead of action, payload and id")),
    when: word("idle: when no CALL of its direction is open; now: at once", ["idle", "now"], "idle"),
    keepAnswer: flag("do not forward the answer", true),
    timeout: duration("how long a CALL counts as open if there is no answer", 30_000),
  },
  check: (settings, value, report) => {
    const { action, message } = settings;
    if ((action === undefined) !== (message === undefined)) return true;
    report(value.where, "missing-key", "inject needs either action or message, but not both");
    return false;
  },
  sweep: { then: "inject: { direction: cp-to-csms, action: Heartbeat, payload: {} }" },
  apply: (settings, { copies, draw }) => {
    const { direction, type, action = "", payload, id, message, when, keepAnswer, timeout } = settings;
    const drawn = message === undefined && id === undefined ? draw() : null;
    const own = id ?? ownId(drawn ?? 0);
    const make = type === "CALL" ? callText : sendText;
    const injection = {
      kind: "inject",
      direction,
      payload: utf8(message ?? make(own, action, payload)),
      when,
      keepAnswer,
      timeoutMs: timeout,
    } as const;
    const what = message === undefined ? `${type} ${action} ${own}` : "a message";
    return { outcome: `injected ${what} ${direction}`, copies, draw: drawn, actions: [injection] };
  },
  explain: ({ direction, type, action, when }, { point, words }) => {
    const what = action === undefined ? "an extra message" : `an extra ${action} ${type}`;
    const to = direction === "cp-to-csms" ? "the CSMS" : "the charge point";
    const now = when === "now" ? ", even if a CALL is open" : "";
    return `sends ${what} to ${to} ${point === "message" ? "after" : "on"} ${words}${now}`;
  },
});
