// Single values in the text of a message: the message id and its replacement, the scalars of the payload, and when two
// spellings are the same value.

import { canonicalNumber } from "../../../ocpp/json/flat-values.js";
import { writePointer } from "../../../ocpp/json/pointer.js";
import { type Leaf, leavesOf, splice } from "../../../ocpp/json/spans.js";

/** A spelling that is equal for equal values: 1.0 and 1 are the same number. */
export function sameSpelling(source: string): string {
  return source.startsWith('"') ? source : canonicalNumber(source);
}

/** The message id's characters as they stand in a message, quotes included. */
export function idLeaf(text: string): Leaf | undefined {
  return leavesOf(text).find((leaf) => leaf.path.length === 1 && leaf.path[0] === 1);
}

/** The text with another message id and nothing else changed. */
export function withId(text: string, source: string): string {
  const leaf = idLeaf(text);
  return leaf === undefined
    ? text
    : splice(text, [{ offset: leaf.offset, length: leaf.length, put: source }]);
}

/** The characters of the scalars in a CALL's or an answer's payload, by pointers; of a key given twice the last one. */
export function payloadSources(text: string, type: "CALL" | "CALLRESULT"): ReadonlyMap<string, string> {
  const payload = type === "CALL" ? 3 : 2;
  return new Map(
    leavesOf(text)
      .filter(({ path }) => path[0] === payload)
      .map(({ path, source }) => [writePointer(path.slice(1)), source]),
  );
}
