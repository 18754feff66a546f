// rename: renames a member of the payload; its value and its position stay.

import { stringEnd } from "../../../ocpp/json/string.js";
import { text } from "../../../yaml/settings.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

/** Renames a member of the payload. */
export const renameMember: Fault = defineFault({
  name: "rename",
  layer: "payload",
  risksBilling: true,
  summary: "Renames a member of the payload. Its value and its position stay.",
  goodPeer: "Answers with CALLERROR, because one member is missing and another one is unknown.",
  example: "rename: { path: /idTag, to: idtag }",
  settings: { path: pointer("which member"), to: text("its new name") },
  sweep: { then2x: "rename: { path: /seqNo, to: seqno }" },
  apply: ({ path, to }, { copies }) => {
    const changed = editPayload(copies, (payload, { text: json }) => {
      const edits = valuesAt(payload, path.steps).flatMap(({ parent, index }) => {
        const member = parent?.members?.[index];
        if (member === undefined) return [];
        const length = stringEnd(json, member.keyStart) - member.keyStart;
        return [{ offset: member.keyStart, length, put: JSON.stringify(to) }];
      });
      if (edits.length === 0) return `there is no member at ${path.pointer}`;
      return { edits, outcome: `renamed ${path.pointer} to ${to}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ path, to }, { words }) => `renames ${path.pointer} to ${JSON.stringify(to)} in ${words}`,
});
