// replay-earlier: an earlier message of the same direction, type and action goes out once more, byte for byte, as a
// charger's offline queue or a retry does that knows nothing of the answer it got.

import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { mostRemembered } from "../../contract/recollection.js";
import { notApplied } from "../edit/edit-message.js";

/** Brings an earlier message back. */
export const replayEarlier: Fault = defineFault({
  name: "replay-earlier",
  layer: "message",
  risksBilling: true,
  usesHistory: true,
  summary: `An earlier message of the same direction, type and action on this connection goes out again. The last ${mostRemembered} that came while the rule was armed are remembered.`,
  breaks: "OCPP-J: a message id is unique among those of its sender on a connection",
  goodPeer:
    "Sees by the id, the transaction and the time stamps that it is an old one, and books nothing twice.",
  example: "replay-earlier: { back: 1 }",
  settings: {
    back: integer("which one: 1 is the last before this message", { min: 1, max: mostRemembered }, 1),
    place: word(
      "where it goes: behind this message, before it or in its place",
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
  explain: ({ back, place }) => {
    const which = back === 1 ? "the one before it" : `the one ${back} before it`;
    return place === "instead"
      ? `replaced by ${which}`
      : `sent ${place === "before" ? "behind" : "with"} a repetition of ${which}`;
  },
});
