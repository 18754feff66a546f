// replay-earlier: sends an earlier message with the same direction, type and action again, with the same bytes, like an offline
// queue or a retry that did not register the answer.

import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { mostRemembered } from "../../contract/recollection.js";
import { notApplied } from "../edit/edit-message.js";

/** Sends an earlier message again. */
export const replayEarlier: Fault = defineFault({
  name: "replay-earlier",
  layer: "message",
  risksBilling: true,
  usesHistory: true,
  summary: `Sends an earlier message of this connection with the same direction, type and action again. The last ${mostRemembered} messages since the rule was armed are available.`,
  breaks: "OCPP-J: a message id is unique among those of its sender on a connection",
  goodPeer: "Recognises it as an old message by its id, transaction and timestamps, and books nothing twice.",
  example: "replay-earlier: { back: 1 }",
  settings: {
    back: integer("which message: 1 is the previous one", { min: 1, max: mostRemembered }, 1),
    place: word(
      "where it is sent: after this message, before it, or instead of it",
      ["after", "before", "instead"],
      "after",
    ),
  },
  short: "back",
  sweep: { on: "second" },
  apply: ({ back, place }, { copies, recall }) => {
    const earlier = recall?.earlier(back);
    if (earlier === undefined)
      return { outcome: notApplied("there is no such earlier message"), copies, draw: null };
    const all =
      place === "instead" ? [earlier] : place === "before" ? [earlier, ...copies] : [...copies, earlier];
    return { outcome: `replayed message ${back} back`, copies: all, draw: null };
  },
  explain: ({ back, place }, { words }) => {
    const what =
      back === 1
        ? "the previous message of the same kind"
        : `an earlier message of the same kind (${back} back)`;
    return `sends ${what} ${place === "instead" ? "instead of" : `again ${place}`} ${words}`;
  },
});
