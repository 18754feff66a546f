// id-too-long: the id grows beyond the 36 characters that it may have (OCPP-J 1.6 section 4.1.4).

import { replacement } from "../../../ocpp/json/edits.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editMessage } from "../edit/edit-message.js";

const longestLawful = 36;

/** Makes the id too long. */
export const idTooLong: Fault = defineFault({
  name: "id-too-long",
  layer: "message",
  risksBilling: true,
  summary: "The id is filled up with x beyond the 36 characters that it may have.",
  breaks: "OCPP-J: a message id has 36 characters at most (1.6J section 4.1.4)",
  goodPeer:
    "Answers with the id as it came, or with CALLERROR; nothing is cut off and paired with another message.",
  example: "id-too-long: { length: 37 }",
  settings: {
    length: integer("how many characters", { min: longestLawful + 1, max: 100_000 }, longestLawful + 1),
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
  explain: ({ length }) => `given an id of ${length} characters`,
});
