// remove: removes a member or an item of the payload, with its comma.

import { removals, replacement } from "../../../ocpp/json/edits.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Removes a value from the payload. */
export const removeValue: Fault = defineFault({
  name: "remove",
  layer: "payload",
  risksBilling: true,
  summary: "Removes a member or an item of the payload. With an empty path, the payload becomes {}.",
  goodPeer:
    "Answers a CALL without a required member with CALLERROR (OccurrenceConstraintViolation or FormationViolation).",
  example: "remove: { path: /idTag }",
  settings: { path: pointer("which value") },
  short: "path",
  sweep: { then2x: "remove: { path: /seqNo }" },
  apply: ({ path }, { copies }) => {
    const changed = editPayload(copies, (payload) => {
      if (path.steps.length === 0)
        return { edits: [replacement(payload, "{}")], outcome: "removed the payload" };
      const found = valuesAt(payload, path.steps);
      const byParent = new Map<JsonNode, Set<number>>();
      for (const { parent, index } of found) {
        if (parent === undefined) continue;
        const indexes = byParent.get(parent) ?? new Set<number>();
        byParent.set(parent, indexes.add(index));
      }
      if (byParent.size === 0) return `there is nothing at ${path.pointer}`;
      const edits = [...byParent].flatMap(([parent, indexes]) => removals(parent, indexes));
      return { edits, outcome: `removed ${path.pointer}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ path: { pointer: where } }, { words }) =>
    where === "" ? `sets the payload to {} in ${words}` : `removes ${where} from ${words}`,
});
