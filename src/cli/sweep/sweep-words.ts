// The output of a sweep: the matrix of faults and outcomes with reasons, and the same as JSON objects.

import type { SweepSummary } from "../../app/sweep/sweep-events.js";
import type { TrialResult } from "../../io/sweep/run-sweep.js";
import { isBad, type SweepOutcome, sweepOutcomes } from "../../sweep/outcome.js";
import { plural } from "../../text/plural.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";

const columns: readonly SweepOutcome[] = [...sweepOutcomes].reverse();

/** The result of one fault as a JSON object. */
export function resultLine(result: TrialResult, keepsCassettes: boolean): string {
  const { name, outcome, why, applied, broughtForward, cassettes } = result;
  const record = { event: "fault", fault: name, outcome, why, applied, broughtForward };
  return jsonLine(keepsCassettes ? { ...record, tapes: cassettes } : record);
}

/** The summary of a sweep as a JSON object. */
export function summaryLine({ leftOut, notTried, seed, ok, worst, counts }: SweepSummary): string {
  return jsonLine({ event: "summary", ok, worst, counts, leftOut, notTried, seed });
}

/** The matrix as lines of text. */
export function matrixLines(paint: CliSession["paint"], summary: SweepSummary): readonly string[] {
  const { results, leftOut, notTried, counts } = summary;
  const width = Math.max(5, ...results.map(({ name }) => Math.min(30, printable(name).length)));
  const head = `${"fault".padEnd(width)}  ${columns.join("  ")}  why`;
  const rows = results.map(({ name, outcome, why }) => {
    const cells = columns.map((column) => (column === outcome ? "x" : ".").padEnd(column.length)).join("  ");
    const row = `${printable(name, 30).padEnd(width)}  ${cells}  ${outcome}: ${printable(why, 300)}`;
    return isBad(outcome) ? paint.red(row) : row;
  });
  const total = columns.filter((column) => counts[column] > 0).map((column) => `${counts[column]} ${column}`);
  return [
    paint.bold(head),
    ...rows,
    ...leftOut.map(({ name, why }) => `left out  ${printable(name, 30)}: ${why}`),
    ...notTried.map((name) => `not tried  ${printable(name, 30)}`),
    `${plural(results.length, "fault")}: ${total.join(", ")}`,
  ];
}
