// Changes the values at a path that the rule names, or one random value that can be changed.

import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import type { PayloadPath } from "../../contract/data-settings.js";
import type { FaultInput, FaultOutcome } from "../../contract/fault.js";
import type { TextChange } from "./edit-message.js";
import { editPayload, type PayloadValue, pick, scalarsIn, valuesAt } from "./edit-payload.js";

/** The change of a single value; undefined if the fault cannot change it. */
export type ChangeValue = (found: PayloadValue, text: string) => Edit | undefined;

/** Changes the values at a path, or one random scalar among those that can be changed. */
export function changeValues(
  place: PayloadPath | undefined,
  input: FaultInput,
  change: ChangeValue,
  words: { readonly done: string; readonly none: string },
): FaultOutcome {
  const drawn = place === undefined ? input.draw() : null;
  const changed = editPayload(input.copies, (payload, { text }): TextChange => {
    const found =
      place === undefined ? drawnOne(payload, text, drawn ?? 0, change) : valuesAt(payload, place.steps);
    if (place !== undefined && found.length === 0) return `there is nothing at ${place.pointer}`;
    const edits = found.flatMap((value) => change(value, text) ?? []);
    if (edits.length === 0) return words.none;
    const where = place?.pointer ?? found[0]?.pointer ?? "";
    return { edits, outcome: `${words.done} at ${where === "" ? "the payload" : where}` };
  });
  return { outcome: changed.outcome, copies: changed.copies, draw: drawn };
}

const drawnOne = (
  payload: JsonNode,
  text: string,
  drawn: number,
  change: ChangeValue,
): readonly PayloadValue[] => {
  const fitting = scalarsIn(payload).filter((found) => change(found, text) !== undefined);
  const picked = pick(fitting, drawn);
  return picked === undefined ? [] : [picked];
};
