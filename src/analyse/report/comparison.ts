// What a page about two dialogues shows, as data: each section one pair of dialogues with its totals and its rows, a
// row one exchange as it was then and as it is now. Texts stand here as the peers said them; the page escapes them.

import type { Direction } from "../../base/direction.js";
import { spanWords } from "../../base/time-words.js";
import type { Difference } from "../compare/compare.js";
import { payloadText } from "../messages/payload-text.js";
import { beginning, type ReportLimits, TextBudget } from "./text-budget.js";

/** How a result looks. */
export type ComparisonTone = "good" | "quiet" | "bound" | "warn" | "bad" | "mark";

/** One side of an exchange. */
export interface ComparisonSide {
  readonly call: string | undefined;
  readonly answer: string | undefined;
  readonly latencyMs: number | null;
}

/** A row to be shown: an exchange, or a remark that spans both dialogues. */
export type ComparisonItem = ExchangeItem | RemarkItem;

/** An exchange to be shown. */
export interface ExchangeItem {
  readonly kind: "exchange";
  readonly direction: Direction;
  readonly connection: number;
  /** In nanoseconds since the start; null where it is not known. */
  readonly atNs: number | null;
  readonly name: string;
  readonly result: string;
  readonly tone: ComparisonTone;
  /** Whether it stays when only differences are asked for. */
  readonly isDifference: boolean;
  readonly why: string;
  readonly left: ComparisonSide;
  readonly right: ComparisonSide;
  readonly differences: readonly (Difference & { readonly part?: "call" | "answer" })[];
}

/** Something that belongs to both: a fork, an expectation that was not met. */
export interface RemarkItem {
  readonly kind: "remark";
  readonly atNs: number | null;
  readonly result: string;
  readonly tone: ComparisonTone;
  readonly text: string;
}

/** One side of a row as it is shown: a line for the call and one for the answer. */
export interface ShownSide {
  readonly call: string;
  readonly answer: string;
  readonly latency: string;
}

/** A row as it is shown. */
export type ComparisonRow =
  | (RemarkItem & { readonly time: string })
  | (Omit<ExchangeItem, "left" | "right"> & {
      readonly time: string;
      readonly left: ShownSide;
      readonly right: ShownSide;
      /** Call and answer of the left side, then of the right one; `true`: the same as on the left. */
      readonly texts: readonly [string, string, string | true, string | true];
    });

/** One pair of dialogues. */
export interface ComparisonSection {
  readonly title: string;
  /** The word for it all, and how it looks. */
  readonly verdict: string;
  readonly tone: ComparisonTone;
  readonly leftName: string;
  readonly rightName: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly totals: readonly (readonly [result: string, count: number, tone: ComparisonTone])[];
  readonly notes: readonly string[];
  readonly rows: readonly ComparisonRow[];
  readonly rowsLeftOut: number;
}

/** A section before its rows are given their room. */
export type SectionParts = Omit<ComparisonSection, "rows" | "rowsLeftOut"> & {
  readonly items: readonly ComparisonItem[];
};

/** The sections of one page; they share its room. */
export function comparisonSections(
  parts: readonly SectionParts[],
  limits: ReportLimits,
): readonly ComparisonSection[] {
  const budget = new TextBudget(limits);
  let room = limits.rows;
  return parts.map(({ items, ...rest }) => {
    const kept = keep(items, room);
    room -= kept.length;
    return {
      ...rest,
      rows: kept.map((item) => rowOf(item, budget)),
      rowsLeftOut: items.length - kept.length,
    };
  });
}

/** Where not all rows have room, those that differ come first into it; the order stays. */
const keep = (items: readonly ComparisonItem[], room: number): readonly ComparisonItem[] => {
  if (items.length <= room) return items;
  const isWanted = (item: ComparisonItem): boolean => item.kind === "remark" || item.isDifference;
  const wanted = new Set(items.filter(isWanted).slice(0, Math.max(0, room)));
  let others = room - wanted.size;
  return items.filter((item) => wanted.has(item) || (!isWanted(item) && others-- > 0));
};

const timeOf = ({ atNs }: ComparisonItem): string => (atNs === null ? "" : `+${(atNs / 1e9).toFixed(3)}`);

const rowOf = (item: ComparisonItem, budget: TextBudget): ComparisonRow => {
  if (item.kind === "remark") return { ...item, time: timeOf(item) };
  const { left, right, ...rest } = item;
  const text = (said: string | undefined): string => (said === undefined ? "" : budget.spend(said));
  const again = (then: string | undefined, now: string | undefined): string | true =>
    then === now ? true : text(now);
  return {
    ...rest,
    time: timeOf(item),
    left: shownSide(left),
    right: shownSide(right),
    texts: [
      text(left.call),
      text(left.answer),
      again(left.call, right.call),
      again(left.answer, right.answer),
    ],
  };
};

const line = (text: string | undefined): string =>
  text === undefined ? "" : payloadText(text).slice(0, beginning);

const shownSide = ({ call, answer, latencyMs }: ComparisonSide): ShownSide => ({
  call: line(call),
  answer: line(answer),
  latency: latencyMs === null ? "" : spanWords(latencyMs * 1e6),
});
