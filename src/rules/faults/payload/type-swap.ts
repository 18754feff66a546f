// type-swap: changes the JSON type of a value and keeps its meaning: "12" becomes 12, 12 becomes "12", true becomes "true". A string
// that is neither a number nor a boolean becomes true.

import { replacement } from "../../../ocpp/json/edits.js";
import { optional } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { isScalar } from "../edit/edit-payload.js";
import { changeValues } from "../edit/payload-place.js";

/** Changes the JSON type of a value. */
export const typeSwap: Fault = defineFault({
  name: "type-swap",
  layer: "payload",
  risksBilling: true,
  summary:
    "Changes the JSON type of a value and keeps its meaning: a string becomes a number or boolean, a number or boolean becomes a string. Any other string becomes true.",
  breaks: "the schema of the action (TypeConstraintViolation)",
  goodPeer: "Answers with CALLERROR TypeConstraintViolation, or reads the value anyway.",
  example: "type-swap: { path: /connectorId }",
  settings: { path: optional(pointer("which value; a random scalar by default")) },
  short: "path",
  sweep: { then2x: "type-swap: { path: /seqNo }" },
  apply: ({ path }, input) =>
    changeValues(
      path,
      input,
      ({ node }, text) =>
        isScalar(node) ? replacement(node, swapped(node.value, text.slice(node.start, node.end))) : undefined,
      { done: "swapped the type", none: "there is no scalar to swap" },
    ),
  explain: ({ path }, { words }) =>
    `changes the JSON type of ${path?.pointer ?? "a random value"} in ${words}`,
});

/** Numbers keep their characters. */
const swapped = (value: unknown, source: string): string => {
  if (typeof value !== "string") return JSON.stringify(source);
  if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(value)) return value;
  return value === "false" ? "false" : "true";
};
