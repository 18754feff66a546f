// The diff of two recordings as a section of a comparison page.

import type { Diff, DiffResult, DiffRow } from "../compare/diff.js";
import type { DialogueExchange } from "../compare/exchanges.js";
import type { ComparisonItem, ComparisonSide, ComparisonTone, SectionParts } from "./comparison.js";

const tones: Readonly<Record<DiffResult, ComparisonTone>> = {
  equal: "good",
  ignorable: "quiet",
  bound: "bound",
  changed: "bad",
  slower: "bad",
  added: "warn",
  missing: "bad",
};

const nothing: ComparisonSide = { call: undefined, answer: undefined, latencyMs: null };

const sideOf = (exchange: DialogueExchange | undefined): ComparisonSide =>
  exchange === undefined
    ? nothing
    : { call: exchange.call, answer: exchange.answer, latencyMs: exchange.latencyMs };

/** One row of the diff as a row of the page. */
function diffItem({ left, right, result, differences }: DiffRow): ComparisonItem {
  const { direction, connection, atNs, action, type } = left ?? (right as DialogueExchange);
  return {
    kind: "exchange",
    direction,
    connection,
    atNs: atNs,
    name: type === "CALL" ? (action ?? "?") : [type, action].filter((word) => word !== null).join(" "),
    result,
    tone: tones[result],
    isDifference: ["changed", "slower", "added", "missing"].includes(result),
    why: "",
    left: sideOf(left),
    right: sideOf(right),
    differences,
  };
}

/** Builds the section of a diff. */
export function diffSection(
  diff: Diff,
  heading: Pick<SectionParts, "title" | "leftName" | "rightName" | "facts">,
): SectionParts {
  const totals = Object.entries(diff.counts) as readonly (readonly [DiffResult, number])[];
  return {
    ...heading,
    verdict: diff.isSame ? "same" : "different",
    tone: diff.isSame ? "good" : "bad",
    totals: totals.filter(([, count]) => count > 0).map(([word, count]) => [word, count, tones[word]]),
    notes: diff.notes,
    items: diff.rows.map(diffItem),
  };
}
