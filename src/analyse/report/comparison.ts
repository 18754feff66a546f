// The content of a comparison page, as data: each section compares two dialogues, with totals and rows; each row is one
// exchange as recorded and as it is now. Texts of peers are not escaped here; the page does that.

import type { Direction } from "../../base/direction.js";
import { roundedWords } from "../../base/duration.js";
import type { Difference } from "../compare/compare.js";
import { payloadText } from "../messages/payload-text.js";
import { beginning, type ReportLimits, TextBudget } from "./text-budget.js";

/** The colour of a result. */
export type ComparisonTone = "good" | "quiet" | "bound" | "warn" | "bad" | "mark";

/** One side of an exchange. */
export interface ComparisonSide {
  readonly call: string | undefined;
  readonly answer: string | undefined;
  readonly latencyMs: number | null;
}

/** A row before it is laid out: an exchange, or a remark about both dialogues. */
export type ComparisonItem = ExchangeItem | RemarkItem;

/** An exchange of both dialogues, or of one. */
export interface ExchangeItem {
  readonly kind: "exchange";
  readonly direction: Direction;
  readonly connection: number;
  /** Nanoseconds since the session's start; null if unknown. */
  readonly atNs: number | null;
  readonly name: string;
  readonly result: string;
  readonly tone: ComparisonTone;
  /** Whether the filter "only differences" keeps it. */
  readonly isDifference: boolean;
  /** The reason for the result; "" if there is none. */
  readonly why: string;
  readonly left: ComparisonSide;
  readonly right: ComparisonSide;
  readonly differences: readonly (Difference & { readonly part?: "call" | "answer" })[];
}

/** A remark about both dialogues: a fork, an expectation that was not met. */
export interface RemarkItem {
  readonly kind: "remark";
  /** Nanoseconds since the session's start; null if unknown. */
  readonly atNs: number | null;
  readonly result: string;
  readonly tone: ComparisonTone;
  readonly text: string;
}

/** One side of a row as shown: one line for the call and one for the answer; "" for what is absent. */
export interface ShownSide {
  readonly call: string;
  readonly answer: string;
  readonly latency: string;
}

/** A row as shown. */
export type ComparisonRow =
  | (RemarkItem & { readonly time: string })
  | (Omit<ExchangeItem, "left" | "right"> & {
      readonly time: string;
      readonly left: ShownSide;
      readonly right: ShownSide;
      /** Call and answer of the left side, then of the right side; `true`: the same as on the left. */
      readonly texts: readonly [string, string, string | true, string | true];
    });

/** The comparison of two dialogues. */
export interface ComparisonSection {
  readonly title: string;
  /** The result in one word, and its colour in `tone`. */
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

/** A section before the row limit of the page is applied. */
export type SectionParts = Omit<ComparisonSection, "rows" | "rowsLeftOut"> & {
  readonly items: readonly ComparisonItem[];
};

/** The sections of one page, within the limits of the page. */
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

/** If not all rows fit, remarks and differences are kept first; the order stays. */
const keep = (items: readonly ComparisonItem[], room: number): readonly ComparisonItem[] => {
  if (items.length <= room) return items;
  const isWanted = (item: ComparisonItem): boolean => item.kind === "remark" || item.isDifference;
  const wanted = new Set(items.filter(isWanted).slice(0, Math.max(0, room)));
  let others = room - wanted.size;
  return items.filter((item) => wanted.has(item) || (!isWanted(item) && others-- > 0));
};

const timeText = ({ atNs }: ComparisonItem): string => (atNs === null ? "" : `+${(atNs / 1e9).toFixed(3)}`);

const rowOf = (item: ComparisonItem, budget: TextBudget): ComparisonRow => {
  if (item.kind === "remark") return { ...item, time: timeText(item) };
  const { left, right, ...rest } = item;
  const text = (message: string | undefined): string => (message === undefined ? "" : budget.spend(message));
  const unlessSame = (then: string | undefined, now: string | undefined): string | true =>
    then === now ? true : text(now);
  return {
    ...rest,
    time: timeText(item),
    left: shownSide(left),
    right: shownSide(right),
    texts: [
      text(left.call),
      text(left.answer),
      unlessSame(left.call, right.call),
      unlessSame(left.answer, right.answer),
    ],
  };
};

const line = (text: string | undefined): string =>
  text === undefined ? "" : payloadText(text).slice(0, beginning);

const shownSide = ({ call, answer, latencyMs }: ComparisonSide): ShownSide => ({
  call: line(call),
  answer: line(answer),
  latency: latencyMs === null ? "" : roundedWords(latencyMs * 1e6),
});
