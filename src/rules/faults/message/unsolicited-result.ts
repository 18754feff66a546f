// unsolicited-result: sends a CALLRESULT that answers no CALL, after the message.

import { optional, text } from "../../../yaml/settings.js";
import { json } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { notApplied } from "../edit/edit-message.js";
import { frameBeside, ownId, resultText } from "../edit/own-message.js";

/** Sends an answer that nobody asked for. */
export const unsolicitedResult: Fault = defineFault({
  name: "unsolicited-result",
  layer: "message",
  summary: "Sends a CALLRESULT after the message, with an id that belongs to no CALL.",
  breaks: "OCPP-J: a CALLRESULT answers a CALL (1.6J section 4.2.2)",
  goodPeer: "Ignores it and keeps the connection open.",
  example: "unsolicited-result: { payload: { status: Accepted } }",
  settings: {
    id: optional(text("the id; a random unused one by default")),
    payload: json("the payload", "{}"),
  },
  apply: ({ id, payload }, { copies, draw }) => {
    const [first] = copies;
    if (first === undefined) return { outcome: notApplied("nothing goes out"), copies, draw: null };
    const drawn = id === undefined ? draw() : null;
    const unknown = id ?? ownId(drawn ?? 0);
    const result = frameBeside(first, resultText(unknown, payload));
    return { outcome: `followed by CALLRESULT ${unknown}`, copies: [...copies, result], draw: drawn };
  },
  explain: (_settings, { words }) => `sends a CALLRESULT with an unknown id after ${words}`,
});
