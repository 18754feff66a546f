// remove: a member or an item of the payload goes, with the comma that belongs to it.

import { removals, replacement } from "../../../ocpp/json/edits.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Takes a value out. */
export const removeValue: Fault = defineFault({
  name: "remove",
  layer: "payload",
  risksBilling: true,
  summary: "A member or an item of the payload goes; without a place named, the payload itself becomes {}.",
  goodPeer:
    "Answers a CALL that lacks something it needs with CALLERROR (OccurrenceConstraintViolation or FormationViolation).",
  example: "remove: { path: /idTag }",
  settings: { path: pointer("what goes") },
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
  explain: ({ path }) => `sent without ${path.pointer === "" ? "its payload" : path.pointer}`,
});
