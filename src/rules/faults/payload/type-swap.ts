// type-swap: a value changes its JSON type and keeps what it says: "12" becomes 12, 12 becomes "12", true becomes
// "true"; a text that spells nothing else becomes true.

import { replacement } from "../../../ocpp/json/edits.js";
import { optional } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { isScalar } from "../edit/edit-payload.js";
import { changeValues } from "../edit/payload-place.js";

/** Changes a value's type. */
export const typeSwap: Fault = defineFault({
  name: "type-swap",
  layer: "payload",
  risksBilling: true,
  summary:
    "A value changes its type and keeps what it says: texts become numbers or truth values, those become texts. A text that says neither becomes true.",
  breaks: "the schema of the action (TypeConstraintViolation)",
  goodPeer: "Answers with CALLERROR TypeConstraintViolation, or reads the value for what it says.",
  example: "type-swap: { path: /connectorId }",
  settings: { path: optional(pointer("where; left out, one of the scalars is drawn")) },
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
  explain: ({ path }) => `sent with ${path?.pointer ?? "a drawn value"} in another type`,
});

/** Numbers keep their characters. */
const swapped = (value: unknown, source: string): string => {
  if (typeof value !== "string") return JSON.stringify(source);
  if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(value)) return value;
  return value === "false" ? "false" : "true";
};
