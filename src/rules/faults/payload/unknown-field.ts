// unknown-field: adds a member that no schema knows to an object of the payload.

import { memberAddition } from "../../../ocpp/json/edits.js";
import { text } from "../../../yaml/settings.js";
import { json, pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Adds an unknown member. */
export const unknownField: Fault = defineFault({
  name: "unknown-field",
  layer: "payload",
  risksBilling: true,
  summary: "Adds a member that no schema knows to an object of the payload.",
  breaks: "the schema of the action (additionalProperties: false)",
  goodPeer:
    "Ignores the member or answers with CALLERROR. Many 1.6 peers must ignore it to work with others.",
  example: "unknown-field: { name: vendorExtra, value: 1 }",
  settings: {
    path: pointer("which object", { pointer: "", steps: [] }),
    name: text("the name of the member", "unknownField"),
    value: json("its value", '"unknown"'),
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
  explain: ({ path, name }, { words }) => `adds the unknown member ${path.pointer}/${name} to ${words}`,
});
