// schema-violation: the payload takes one step out of the schema of its action and version; which kind of step, and
// where, is drawn. The outcome names both.

import { optional, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, pick } from "../edit/edit-payload.js";
import { sitesOf } from "../edit/payload-sites.js";
import { violationKinds, violationsOf } from "../edit/violations.js";

/** Breaks the schema of the action. */
export const schemaViolation: Fault = defineFault({
  name: "schema-violation",
  layer: "payload",
  risksBilling: true,
  summary:
    "The payload takes one step out of the schema of its action and version, of a kind and at a place that are drawn. The version is the subprotocol's, else 1.6.",
  breaks: "the schema of the action",
  goodPeer: "Answers with the CALLERROR of that kind of breach, books nothing, and goes on.",
  example: "schema-violation: {}",
  settings: { kind: optional(word("which kind; left out, it is drawn", violationKinds)) },
  short: "kind",
  apply: ({ kind }, { copies, message, draw }) => {
    const drawn = draw();
    const changed = editPayload(copies, (payload, { text }) => {
      const sites = sitesOf(payload, message);
      if (sites === undefined) return `there is no schema for ${message.action ?? "this message"}`;
      const all = violationsOf(sites, text);
      const kinds = violationKinds.filter((each) => all.some((violation) => violation.kind === each));
      const wanted = kind ?? pick(kinds, drawn);
      const place = kind === undefined ? draw("place") : drawn;
      const found = pick(
        all.filter((violation) => violation.kind === wanted),
        place,
      );
      if (found === undefined) return `the payload cannot break ${kind ?? "its schema"}`;
      const where = found.pointer === "" ? "the payload" : found.pointer;
      return { edits: found.edits, outcome: `violated ${found.kind} at ${where}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: drawn };
  },
  explain: ({ kind }) =>
    `changed so that it breaks ${kind === undefined ? "its schema" : `its schema (${kind})`}`,
});
