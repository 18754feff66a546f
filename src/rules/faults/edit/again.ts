// Copies of a CALL or SEND with other ids, and the actions that drop the answers to them.

import { opposite } from "../../../base/direction.js";
import { replacement } from "../../../ocpp/json/edits.js";
import type { Action } from "../../contract/action.js";
import type { FaultInput, FaultOutcome } from "../../contract/fault.js";
import { editMessage, notApplied } from "./edit-message.js";
import { ownId } from "./own-message.js";

/** Sends this number of copies of the message, each with another id. */
export function again(times: number, input: FaultInput, outcome: string): FaultOutcome {
  const { copies, message, draw } = input;
  const { type, direction } = message;
  const [first] = copies;
  if (first === undefined) return { outcome: notApplied("nothing goes out"), copies, draw: null };
  if (type !== "CALL" && type !== "SEND")
    return { outcome: notApplied("the message is no CALL"), copies, draw: null };
  const drawn = draw();
  const more: Uint8Array[] = [];
  const actions: Action[] = [];
  for (let i = 0; i < times; i++) {
    const id = ownId(i === 0 ? drawn : draw(`id${i + 1}`));
    const changed = editMessage([first], ({ id: node }) =>
      node === undefined
        ? "the message has no id"
        : { edits: [replacement(node, JSON.stringify(id))], outcome },
    );
    if (!changed.isApplied) return { outcome: changed.outcome, copies, draw: drawn };
    more.push(...changed.copies);
    if (type === "CALL")
      actions.push({ kind: "answer", direction: opposite(direction), id, plan: { kind: "keep" } });
  }
  return { outcome, copies: [...copies, ...more], draw: drawn, actions };
}
