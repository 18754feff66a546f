// schema-violation: breaks the schema of the action at one place. The kind of violation and the place are random, and the outcome
// names both.

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
    "Breaks the schema of the action at one random place, for example by removing a required member. The kind of violation is random. Uses OCPP 1.6 if the subprotocol names no version.",
  breaks: "the schema of the action",
  goodPeer: "Answers with the CALLERROR for this kind of violation, books nothing, and continues.",
  example: "schema-violation: {}",
  settings: { kind: optional(word("the kind of violation; a random one by default", violationKinds)) },
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
  explain: ({ kind }, { words }) =>
    kind === undefined
      ? `breaks the schema of ${words}, for example by removing a required member`
      : `breaks the schema (${kind}) of ${words}`,
});
