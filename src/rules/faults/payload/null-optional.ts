// null-optional: sets an optional member of the payload to null.

import { memberAddition, replacement } from "../../../ocpp/json/edits.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import { optional } from "../../../yaml/settings.js";
import { type PayloadPath, pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, pick } from "../edit/edit-payload.js";
import { type Site, sitesOf } from "../edit/payload-sites.js";

/** Sets an optional member to null. */
export const nullOptional: Fault = defineFault({
  name: "null-optional",
  layer: "payload",
  risksBilling: true,
  summary:
    "Sets an optional member of the payload to null. If none of the optional members is present, adds one.",
  breaks: "OCPP-J: optional members are left out and not null (2.x part 4 section 4.2.5)",
  goodPeer: "Treats null as absent, or answers with CALLERROR TypeConstraintViolation.",
  example: "null-optional: { path: /meterSerialNumber }",
  settings: { path: optional(pointer("which member; a random one by default")) },
  short: "path",
  sweep: { then: "null-optional: {}" },
  apply: ({ path }, { copies, message, draw }) => {
    const drawn = path === undefined ? draw() : null;
    const changed = editPayload(copies, (payload) => {
      const sites = sitesOf(payload, message);
      if (sites === undefined) return `there is no schema for ${message.action ?? "this message"}`;
      const found = chosen(sites, path, drawn ?? 0);
      const edit = found === undefined ? undefined : editOf(found);
      if (found === undefined || edit === undefined)
        return path === undefined
          ? "nothing in the payload is optional"
          : `${path.pointer} is not optional here`;
      return { edits: [edit], outcome: `nulled ${found.pointer}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: drawn };
  },
  explain: ({ path }, { words }) => `sets ${path?.pointer ?? "an optional member"} to null in ${words}`,
});

/** The member at the path, or a random one. */
const chosen = (sites: readonly Site[], path: PayloadPath | undefined, drawn: number): Site | undefined => {
  const candidates = sites.filter((site) => !site.isRequired && site.parent?.members !== undefined);
  if (path !== undefined) return candidates.find((site) => site.pointer === path.pointer);
  const present = candidates.filter(({ node }) => node !== undefined);
  return pick(present.length > 0 ? present : candidates, drawn);
};

const editOf = ({ node, parent, key }: Site): Edit | undefined => {
  if (node !== undefined) return replacement(node, "null");
  return parent === undefined ? undefined : memberAddition(parent, key, "null");
};
