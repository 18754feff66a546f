// set: a value of the payload becomes another one, whose characters go out as the rule file has them: a number of 19
// digits keeps them all. A member that is missing is added.

import { itemInsertion, memberAddition, replacement } from "../../../ocpp/json/edits.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { json, pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Sets a value. */
export const setValue: Fault = defineFault({
  name: "set",
  layer: "payload",
  risksBilling: true,
  summary:
    "A value of the payload becomes another one, with the characters that the rule file has. What is missing in an object or behind a list is added.",
  goodPeer:
    "Judges the message by what it says now; a value out of its schema gets a CALLERROR that names it.",
  example: "set: { path: /idTag, value: UNKNOWN }",
  settings: { path: pointer("where"), value: json("the new value") },
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
  explain: ({ path, value }) =>
    `changed so that ${path.pointer === "" ? "its payload" : path.pointer} is ${value.length > 60 ? `${value.slice(0, 60)}...` : value}`,
});

/** Adds a member to an object, or an item behind the last of a list. */
const addition = (parent: JsonNode, step: string, value: string): Edit | undefined => {
  if (parent.members !== undefined) return step === "*" ? undefined : memberAddition(parent, step, value);
  const { items } = parent;
  if (items === undefined || (step !== "-" && step !== String(items.length))) return undefined;
  return itemInsertion(parent, items.length, value);
};
