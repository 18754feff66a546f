// The values that a part of a recording needs from before its beginning, as notes of the cassette that holds the part.

import { unboundCode } from "../../analyse/select/kept-entry.js";
import type { Entry, NoteEntry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import { compilePlan } from "../../replay/plan/compile-plan.js";
import { unboundValues, valueName } from "../../replay/plan/unbound.js";

/** A note at the front of a trimmed cassette. */
export const frontNote = (code: string, message: string): NoteEntry => ({
  kind: "note",
  connection: null,
  at: null,
  code,
  message,
});

/** Notes on values that were handed out in front of the selection, so that a replay can ask for them. */
export const unboundNotes = (
  selected: readonly Entry[],
  recording: readonly Entry[],
): readonly NoteEntry[] => {
  const known = new Set(
    selected.flatMap((entry) => (entry.kind === "note" && entry.code === unboundCode ? [entry.message] : [])),
  );
  return unboundValues(compilePlan(selected, inflate), recording, inflate)
    .filter(({ isHandedOut }) => isHandedOut)
    .map((value) => `${valueName(value)} was handed out before what is kept`)
    .filter((message) => !known.has(message))
    .map((message) => frontNote(unboundCode, message));
};
