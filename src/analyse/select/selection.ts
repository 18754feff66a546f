// A selection of a recording: transactions, a time span, the time around markers, connectors, actions. All given criteria
// must match. `show`, `trim` and `replay` use the same selection. An answer is selected with its CALL.

import type { Entry } from "../../cassette/format/entry.js";
import { matchesGlob } from "../../text/glob.js";
import { type IndexedMessage, overlaps, type RecordingIndex, valueKey } from "./recording-index.js";
import { type SelectionTime, type TimeSpan, timeSpansOf } from "./selection-time.js";
import { exchangesOfTransaction, transactionKeys } from "./selection-transaction.js";

/** The criteria of a selection; an empty list selects everything. */
export interface Selection {
  readonly transactions: readonly string[];
  readonly from: SelectionTime | undefined;
  readonly to: SelectionTime | undefined;
  /** Texts of markers, or parts of them. */
  readonly around: readonly string[];
  /** Nanoseconds before and after a marker. */
  readonly spanNs: number;
  readonly connectors: readonly string[];
  /** Globs over actions. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** A selection applied to one recording. */
export interface MatchedSelection {
  /** The selected time spans; undefined: all of it. */
  readonly spans: readonly TimeSpan[] | undefined;
  /** Indexes of the selected exchanges, at any time; undefined: all. */
  readonly exchanges: ReadonlySet<number> | undefined;
  /** What the selection names and the recording does not have, one sentence each. */
  readonly missing: readonly string[];
}

/** Whether a selection selects everything. */
export function isEverything(selection: Selection): boolean {
  const { transactions, from, to, around, connectors, only, skip } = selection;
  const lists = [transactions, around, connectors, only, skip];
  return from === undefined && to === undefined && lists.every((list) => list.length === 0);
}

const listed = (names: readonly string[], none: string): string =>
  names.length === 0 ? none : `${names.slice(0, 10).join(", ")}${names.length > 10 ? " ..." : ""}`;

const spelled = (key: string): string => {
  const found = /^(-?\d+)e(\d{1,2})$/.exec(key);
  return found === null ? key : `${found[1]}${"0".repeat(Number(found[2]))}`;
};

const exchangesOfTransactions = (
  indexed: RecordingIndex,
  wanted: readonly string[],
  missing: string[],
): Set<number> => {
  const all = new Set<number>();
  for (const id of wanted) {
    const found = exchangesOfTransaction(indexed, valueKey(id));
    for (const exchange of found) all.add(exchange);
    if (found.size === 0)
      missing.push(
        `the recording has no transaction ${id}; its transactions are: ${listed(transactionKeys(indexed).map(spelled), "none")}`,
      );
  }
  return all;
};

/** The exchanges that name one of the connectors, and those of its transactions. */
const exchangesOfConnectors = (
  indexed: RecordingIndex,
  wanted: readonly string[],
  missing: string[],
): Set<number> => {
  const keys = wanted.map(valueKey);
  const all = new Set<number>();
  for (const item of indexed) if (overlaps(item.ids.connectors, keys)) all.add(item.exchange);
  for (const key of transactionKeys(indexed, keys))
    for (const exchange of exchangesOfTransaction(indexed, key)) all.add(exchange);
  if (all.size === 0) missing.push(`no message names connector ${wanted.join(", ")}`);
  return all;
};

const matchesAction = (item: IndexedMessage, { only, skip }: Selection): boolean => {
  const action = item.label.action ?? "";
  const matches = (glob: string): boolean => action !== "" && matchesGlob(glob, action);
  return (only.length === 0 || only.some(matches)) && !skip.some(matches);
};

/** Applies a selection to a recording. */
export function matchSelection(
  entries: readonly Entry[],
  indexed: RecordingIndex,
  selection: Selection,
): MatchedSelection {
  const { transactions, connectors, only, skip } = selection;
  const missing: string[] = [];
  const spans = timeSpansOf(entries, selection, missing);
  const wanted: ReadonlySet<number>[] = [];
  if (transactions.length > 0) wanted.push(exchangesOfTransactions(indexed, transactions, missing));
  if (connectors.length > 0) wanted.push(exchangesOfConnectors(indexed, connectors, missing));
  if (only.length > 0 || skip.length > 0)
    wanted.push(
      new Set(indexed.filter((item) => matchesAction(item, selection)).map(({ exchange }) => exchange)),
    );
  const [first, ...others] = wanted;
  const exchanges =
    first === undefined
      ? undefined
      : new Set([...first].filter((exchange) => others.every((set) => set.has(exchange))));
  return { spans, exchanges, missing };
}

/** Whether a time, in nanoseconds since the session's start, is in one of the spans; an unknown time is in none. */
export function isInSpans(spans: readonly TimeSpan[] | undefined, ns: number | null): boolean {
  if (spans === undefined) return true;
  return ns !== null && spans.some(({ fromNs, toNs }) => ns >= fromNs && ns <= toNs);
}
