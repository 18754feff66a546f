// number-form: writes a number of the payload in another form, valid JSON or not: 1e400, -0, 2^63, 12.50 or any given text. A string
// with a number (OCPP 1.6 has many) keeps its quotes.

import { replacement } from "../../../ocpp/json/edits.js";
import { optional, text } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { pick } from "../edit/edit-payload.js";
import { changeValues } from "../edit/payload-place.js";

const forms = ["1e400", "-0", "9223372036854775808", "12.50"] as const;

/** Writes a number in another form. */
export const numberForm: Fault = defineFault({
  name: "number-form",
  layer: "payload",
  risksBilling: true,
  summary: `Writes a number of the payload in another form: ${forms.join(", ")} or a given text, valid JSON or not.`,
  breaks: "RFC 8259 section 6 if a reader cannot hold the number, or if it is not a number",
  goodPeer: "Reads what it can hold without changing it, and answers the rest with CALLERROR.",
  example: 'number-form: { path: /meterStart, form: "9223372036854775808" }',
  settings: {
    form: optional(text("the new form; a random one of the four by default")),
    path: optional(pointer("which number; a random one by default")),
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
  explain: ({ form, path }, { words }) =>
    `writes ${path?.pointer ?? "a number"} ${form === undefined ? "in an unusual form" : `as ${form}`} in ${words}`,
});
