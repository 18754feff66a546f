// The check of the first argument of `replay` and `lint`.

import { VcrError } from "../base/errors.js";
import type { Entry } from "../cassette/format/entry.js";
import { shownValue } from "./check-options.js";

const hint = "Give the path of a cassette, what readCassette gave (await it), or entries.";

const isCassette = (given: object): boolean =>
  "state" in given && "path" in given && "entries" in given && Array.isArray(given.entries);

const isEntry = (item: unknown): boolean =>
  typeof item === "object" && item !== null && "kind" in item && typeof item.kind === "string";

/** Checks that this is a path, a cassette, or can be iterated. Throws VcrError USAGE with the name of the function. */
export function checkRecording(who: string, given: unknown): void {
  const isRecording =
    typeof given === "string"
      ? given !== ""
      : typeof given === "object" && given !== null && (isCassette(given) || Symbol.iterator in given);
  if (!isRecording) throw new VcrError("USAGE", `${who}: the recording is ${shownValue(given)}`, hint);
}

/** The entries of an iterable. Throws VcrError USAGE for anything that is not an entry. */
export function checkedEntries(who: string, given: Iterable<Entry>): readonly Entry[] {
  const entries = [...given];
  const wrong = entries.findIndex((item) => !isEntry(item));
  if (wrong === -1) return entries;
  const shown = shownValue(entries[wrong]);
  throw new VcrError(
    "USAGE",
    `${who}: item ${wrong} of the recording is ${shown}, which is not an entry`,
    hint,
  );
}
