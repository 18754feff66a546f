// unknown-field: an object of the payload gets a member that no schema knows.

import { memberAddition } from "../../../ocpp/json/edits.js";
import { text } from "../../../yaml/settings.js";
import { json, pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Adds a member. */
export const unknownField: Fault = defineFault({
  name: "unknown-field",
  layer: "payload",
  risksBilling: true,
  summary: "An object of the payload gets a member that no schema knows.",
  breaks: "the schema of the action (additionalProperties: false)",
  goodPeer:
    "Ignores the member, or answers with CALLERROR; many 1.6 peers have to ignore it to get on with others.",
  example: "unknown-field: { name: vendorExtra, value: 1 }",
  settings: {
    path: pointer("which object", { pointer: "", steps: [] }),
    name: text("the name", "unknownField"),
    value: json("the value", '"unknown"'),
  },
  short: "name",
  apply: ({ path, name, value }, { copies }) => {
    const changed = editPayload(copies, (payload) => {
      const objects = valuesAt(payload, path.steps).filter(({ node }) => node.members !== undefined);
      if (objects.length === 0)
        return `there is no object at ${path.pointer === "" ? "the payload" : path.pointer}`;
      const edits = objects.map(({ node }) => memberAddition(node, name, value));
      return { edits, outcome: `added ${path.pointer}/${name}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ path, name }) => `given the unknown member ${path.pointer}/${name}`,
});
