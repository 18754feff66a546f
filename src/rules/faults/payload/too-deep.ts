// too-deep: nests lists in lists, in a value of the payload or in a new member.

import { memberAddition, replacement } from "../../../ocpp/json/edits.js";
import { integer, optional } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { TextChange } from "../edit/edit-message.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Nests a value too deep. */
export const tooDeep: Fault = defineFault({
  name: "too-deep",
  layer: "payload",
  risksBilling: true,
  summary: "Replaces a value of the payload by lists nested many levels deep, or adds a member with them.",
  breaks: "the schema of the action; RFC 8259 section 9 lets a reader limit the depth",
  goodPeer: "Answers with CALLERROR or closes the connection (1009). Its stack does not overflow.",
  example: "too-deep: { levels: 10000 }",
  settings: {
    levels: integer("number of levels", { min: 1, max: 1_000_000 }, 1000),
    path: optional(pointer("which value; by default a member `nested` is added")),
  },
  short: "levels",
  apply: ({ levels, path }, { copies }) => {
    const nested = "[".repeat(levels) + "]".repeat(levels);
    const outcome = `nested ${levels} levels deep`;
    const changed = editPayload(copies, (payload): TextChange => {
      if (path === undefined)
        return payload.members === undefined
          ? "the payload is no object"
          : { edits: [memberAddition(payload, "nested", nested)], outcome };
      const found = valuesAt(payload, path.steps);
      if (found.length === 0) return `there is nothing at ${path.pointer}`;
      return { edits: found.map(({ node }) => replacement(node, nested)), outcome };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ levels, path }, { words }) =>
    `puts lists nested ${levels} levels deep ${path === undefined ? "" : `at ${path.pointer} `}into ${words}`,
});
