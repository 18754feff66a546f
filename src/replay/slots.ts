// Where values stand that the CSMS chooses: 1.6 transactionId (OCPP 1.6 edition 2, sections 6.45, 6.31, 6.49 and
// 6.39, 6.43, 6.35). Finds them in texts and writes others in their place without touching anything else.

import { canonicalNumber } from "../analyse/compare-values.js";
import { type Edit, fitsPath, type JsonPath, type Leaf, leavesOf, splice } from "../ocpp/json-spans.js";

/** Paths into the message's array, per action. */
type Places = Readonly<Record<string, readonly JsonPath[]>>;

const sent: Places = {
  MeterValues: [[3, "transactionId"]],
  StopTransaction: [[3, "transactionId"]],
};

const called: Places = {
  RemoteStopTransaction: [[3, "transactionId"]],
  SetChargingProfile: [[3, "csChargingProfiles", "transactionId"]],
  RemoteStartTransaction: [[3, "chargingProfile", "transactionId"]],
};

/** The pointer of the new value in the answer that hands it out. */
export const learnedAt = "/transactionId";

/** Whether the answer to this action hands out a transaction id. */
export function handsOut(action: string): boolean {
  return action === "StartTransaction";
}

const found = (text: string, paths: readonly JsonPath[] | undefined): readonly Leaf[] => {
  if (paths === undefined) return [];
  return leavesOf(text).filter((leaf) => paths.some((path) => fitsPath(leaf.path, path)));
};

const placesOf = (places: Places, action: string): readonly JsonPath[] | undefined =>
  Object.hasOwn(places, action) ? places[action] : undefined;

/** The transaction ids that a CALL of the station carries. */
export function idsInSend(action: string, text: string): readonly Leaf[] {
  return found(text, placesOf(sent, action));
}

/** The transaction ids that a CALL of the CSMS carries. */
export function idsInCsmsCall(action: string, text: string): readonly Leaf[] {
  return found(text, placesOf(called, action));
}

/** The transaction id that an answer hands out; undefined where it holds none that could be written elsewhere. */
export function idInAnswer(text: string): string | undefined {
  const source = found(text, [[2, "transactionId"]]).at(-1)?.source;
  return source === undefined || source === "null" ? undefined : source;
}

/** Equal for values that are the same. */
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

/** The text with these values written at these places; places without a value stay as they are. */
export function withValues(
  text: string,
  uses: readonly { readonly slot: number; readonly offset: number; readonly length: number }[],
  liveValue: (slot: number) => string | undefined,
): string {
  const edits = uses.flatMap((use): Edit[] => {
    const put = liveValue(use.slot);
    return put === undefined ? [] : [{ offset: use.offset, length: use.length, put }];
  });
  return edits.length === 0 ? text : splice(text, edits);
}
