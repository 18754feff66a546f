// inject: behind the message, or at the beginning of a connection, a message of our own goes out in either direction.
// A CALL waits until none of its direction is open and holds the peer's back until it is answered (OCPP 2.x part 4
// chapter 6), unless `when: now` is to break that; its answer is kept from the other side.

import { utf8 } from "../../../base/bytes.js";
import { duration, flag, optional, text, word } from "../../../yaml/settings.js";
import { json, direction as way } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { callText, ownId, sendText } from "../edit/own-message.js";

/** Sends a message of our own. */
export const inject: Fault = defineFault({
  name: "inject",
  layer: "message",
  points: ["message", "connection"],
  actsBothWays: true,
  summary:
    "A message of our own goes out in either direction. A CALL waits until none of its direction is open and holds the peer's until it is answered; its answer is kept from the other side. `when: now` waits for nothing.",
  breaks: "OCPP 2.x part 4 chapter 6, with `when: now` alone",
  goodPeer: "Answers it as any other CALL. With `when: now`, it answers both CALLs by their ids.",
  example:
    "inject: { direction: csms-to-cp, action: TriggerMessage, payload: { requestedMessage: Heartbeat } }",
  settings: {
    direction: way("which way it goes"),
    type: word("CALL, or SEND, which nobody answers", ["CALL", "SEND"], "CALL"),
    action: optional(text("the action")),
    payload: json("the payload", "{}"),
    id: optional(text("the id; left out, one is drawn that nobody has")),
    message: optional(text("the whole text of the message, in place of action, payload and id")),
    when: word("when no CALL of its direction is open, or at once", ["idle", "now"], "idle"),
    keepAnswer: flag("keep the answer from the other side", true),
    timeout: duration("how long a CALL counts as open, the peer's and this one", 30_000),
  },
  check: (settings, value, report) => {
    const { action, message } = settings;
    if ((action === undefined) !== (message === undefined)) return true;
    report(value.where, "missing-key", "inject must say either action or message, and not both");
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
  explain: ({ direction, type, action, when }) => {
    const what = action === undefined ? "message" : `${type} ${action}`;
    const how = when === "now" ? ", at once" : "";
    return `followed by a ${what} of our own from ${direction === "cp-to-csms" ? "the charger's side" : "the CSMS's side"}${how}`;
  },
});
