// number-form: a number of the payload is written in another way, lawful JSON or not: 1e400, -0, 2^63, 12.50 and
// whatever else is given. A text that spells a number (OCPP 1.6 has many) keeps its quotes.

import { replacement } from "../../../ocpp/json/edits.js";
import { optional, text } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { pick } from "../edit/edit-payload.js";
import { changeValues } from "../edit/payload-place.js";

const forms = ["1e400", "-0", "9223372036854775808", "12.50"] as const;

/** Writes a number in another way. */
export const numberForm: Fault = defineFault({
  name: "number-form",
  layer: "payload",
  risksBilling: true,
  summary: `A number of the payload is written in another way: ${forms.join(", ")}, or as given, lawful JSON or not.`,
  breaks: "RFC 8259 section 6 where a reader cannot hold the number, or where it is none",
  goodPeer: "Reads what it can hold without changing it, and answers the rest with CALLERROR.",
  example: 'number-form: { path: /meterStart, form: "9223372036854775808" }',
  settings: {
    form: optional(text("how it is written; left out, one of the four is drawn")),
    path: optional(pointer("which number; left out, one is drawn")),
  },
  short: "form",
  sweep: { then2x: 'number-form: { path: /seqNo, form: "9223372036854775808" }' },
  apply: ({ form, path }, input) => {
    const drawn = form === undefined ? input.draw("form") : null;
    const put = form ?? pick(forms, drawn ?? 0) ?? "";
    const made = changeValues(
      path,
      input,
      ({ node }) => {
        if (typeof node.value === "number") return replacement(node, put);
        const spells = typeof node.value === "string" && /^-?[0-9]+(?:\.[0-9]+)?$/.test(node.value);
        return spells ? replacement(node, JSON.stringify(put)) : undefined;
      },
      { done: `written ${put}`, none: "there is no number" },
    );
    return { ...made, draw: made.draw ?? drawn };
  },
  explain: ({ form, path }) =>
    `sent with ${path?.pointer ?? "a number"} written ${form === undefined ? "in an unusual way" : JSON.stringify(form)}`,
});
