// A selection of a recording: transactions, a span of time, surroundings of markers, connectors, actions; all that
// is given has to fit. The same for whoever shows, trims or replays. Exchanges are selected whole: an answer goes
// with its CALL.

import type { Entry } from "../../cassette/format/entry.js";
import { matchesGlob } from "../../text/glob.js";
import { type IndexedMessage, overlaps, type RecordingIndex, valueKey } from "./recording-index.js";
import { type SelectionTime, type TimeSpan, timeSpansOf } from "./selection-time.js";
import { exchangesOfTransaction, transactionKeys } from "./selection-transaction.js";

/** What is wanted of a recording; lists that are empty leave everything in. */
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

/** A selection as it fits one recording. */
export interface MatchedSelection {
  /** The spans of time; undefined: all of it. */
  readonly spans: readonly TimeSpan[] | undefined;
  /** The exchanges, whenever they were; undefined: all of them. */
  readonly exchanges: ReadonlySet<number> | undefined;
  /** What was asked for and is not on the recording, one sentence each. */
  readonly missing: readonly string[];
}

/** Whether everything is wanted. */
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

const ofTransactions = (book: RecordingIndex, wanted: readonly string[], missing: string[]): Set<number> => {
  const all = new Set<number>();
  for (const id of wanted) {
    const found = exchangesOfTransaction(book, valueKey(id));
    for (const exchange of found) all.add(exchange);
    if (found.size === 0)
      missing.push(
        `no transaction ${id} is there (there are: ${listed(transactionKeys(book).map(spelled), "none")})`,
      );
  }
  return all;
};

/** Everything that names one of the connectors, and the transactions there. */
const ofConnectors = (book: RecordingIndex, wanted: readonly string[], missing: string[]): Set<number> => {
  const keys = wanted.map(valueKey);
  const all = new Set<number>();
  for (const item of book) if (overlaps(item.ids.connectors, keys)) all.add(item.exchange);
  for (const key of transactionKeys(book, keys))
    for (const exchange of exchangesOfTransaction(book, key)) all.add(exchange);
  if (all.size === 0) missing.push(`nothing is said of connector ${wanted.join(", ")}`);
  return all;
};

const fitsAction = (item: IndexedMessage, { only, skip }: Selection): boolean => {
  const action = item.label.action ?? "";
  const fits = (glob: string): boolean => action !== "" && matchesGlob(glob, action);
  return (only.length === 0 || only.some(fits)) && !skip.some(fits);
};

/** Fits a selection to a recording. */
export function matchSelection(
  entries: readonly Entry[],
  book: RecordingIndex,
  selection: Selection,
): MatchedSelection {
  const { transactions, connectors, only, skip } = selection;
  const missing: string[] = [];
  const spans = timeSpansOf(entries, selection, missing);
  const wanted: ReadonlySet<number>[] = [];
  if (transactions.length > 0) wanted.push(ofTransactions(book, transactions, missing));
  if (connectors.length > 0) wanted.push(ofConnectors(book, connectors, missing));
  if (only.length > 0 || skip.length > 0)
    wanted.push(new Set(book.filter((item) => fitsAction(item, selection)).map(({ exchange }) => exchange)));
  const [first, ...others] = wanted;
  const exchanges =
    first === undefined
      ? undefined
      : new Set([...first].filter((exchange) => others.every((set) => set.has(exchange))));
  return { spans, exchanges, missing };
}

/** Whether an instant is in one of the spans; an unknown one is in none. */
export function isInSpans(spans: readonly TimeSpan[] | undefined, at: number | null): boolean {
  if (spans === undefined) return true;
  return at !== null && spans.some(({ fromNs, toNs }) => at >= fromNs && at <= toNs);
}
