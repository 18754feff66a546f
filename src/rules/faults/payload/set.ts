// set: sets a value of the payload, with exactly the characters in the rule file: a number of 19 digits keeps all of them. Adds a
// member that is missing.

import { itemInsertion, memberAddition, replacement } from "../../../ocpp/json/edits.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { json, pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Sets a value of the payload. */
export const setValue: Fault = defineFault({
  name: "set",
  layer: "payload",
  risksBilling: true,
  summary:
    "Sets a value of the payload, with exactly the characters in the rule file. Adds it if it is missing: a member of an object, or an item at the end of a list.",
  goodPeer:
    "Handles the message by its new content. Answers a value that breaks the schema with a CALLERROR that names it.",
  example: "set: { path: /idTag, value: UNKNOWN }",
  settings: { path: pointer("which value"), value: json("the new value") },
  sweep: { then2x: "set: { path: /idToken/idToken, value: UNKNOWN }" },
  apply: ({ path, value }, { copies }) => {
    const changed = editPayload(copies, (payload) => {
      const found = valuesAt(payload, path.steps);
      const edits =
        found.length > 0
          ? found.map(({ node }) => replacement(node, value))
          : valuesAt(payload, path.steps.slice(0, -1)).flatMap(
              ({ node }) => addition(node, path.steps.at(-1) ?? "", value) ?? [],
            );
      if (edits.length === 0) return `there is no place ${path.pointer}`;
      return { edits, outcome: `set ${path.pointer === "" ? "the payload" : path.pointer}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ path: { pointer: where }, value }, { words }) => {
    const shown = value.length > 60 ? `${value.slice(0, 60)}...` : value;
    return `sets ${where === "" ? "the payload" : where} to ${shown} in ${words}`;
  },
});

/** Adds a member to an object, or an item at the end of a list. */
const addition = (parent: JsonNode, step: string, value: string): Edit | undefined => {
  if (parent.members !== undefined) return step === "*" ? undefined : memberAddition(parent, step, value);
  const { items } = parent;
  if (items === undefined || (step !== "-" && step !== String(items.length))) return undefined;
  return itemInsertion(parent, items.length, value);
};
