// id-too-long: makes the message id longer than the 36 characters that are allowed (OCPP-J 1.6 section 4.1.4).

import { replacement } from "../../../ocpp/json/edits.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";

const longestId = 36;

/** Makes the message id too long. */
export const idTooLong: Fault = defineFault({
  name: "id-too-long",
  layer: "message",
  risksBilling: true,
  summary: "Fills the message id up with x beyond the 36 characters that are allowed.",
  breaks: "OCPP-J: a message id has at most 36 characters (1.6J section 4.1.4)",
  goodPeer:
    "Answers with the id as received, or with CALLERROR. Never shortens the id and matches it with another message.",
  example: "id-too-long: { length: 37 }",
  settings: {
    length: integer("length of the id in characters", { min: longestId + 1, max: 100_000 }, longestId + 1),
  },
  short: "length",
  apply: ({ length }, { copies }) => {
    const changed = editMessage(copies, ({ id }) => {
      if (typeof id?.value !== "string") return "the message has no id";
      if (id.value.length >= length) return `the id has ${id.value.length} characters already`;
      return {
        edits: [replacement(id, JSON.stringify(id.value.padEnd(length, "x")))],
        outcome: `lengthened to ${length} characters`,
      };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ length }, { words }) => `sets an id of ${length} characters in ${words}`,
});
