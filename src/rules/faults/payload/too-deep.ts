// too-deep: a value of the payload, or a member added to it, is a list in a list in a list and so on.

import { memberAddition, replacement } from "../../../ocpp/json/edits.js";
import { integer, optional } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { TextChange } from "../edit/edit-message.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Nests too deep. */
export const tooDeep: Fault = defineFault({
  name: "too-deep",
  layer: "payload",
  risksBilling: true,
  summary: "A value of the payload, or a member added to it, nests as many levels deep as wanted.",
  breaks: "the schema of the action; RFC 8259 section 9 lets a reader limit the depth",
  goodPeer: "Answers with CALLERROR or closes (1009); its stack survives.",
  example: "too-deep: { levels: 10000 }",
  settings: {
    levels: integer("how many levels", { min: 1, max: 1_000_000 }, 1000),
    path: optional(pointer("which value; left out, the member `nested` is added")),
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
  explain: ({ levels }) => `sent with a value ${levels} levels deep`,
});
