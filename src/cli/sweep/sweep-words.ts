// What a sweep says: the matrix of faults and outcomes with a line of why, and the same as objects.

import type { TrialResult } from "../../io/sweep/run-sweep.js";
import { isBad, type SweepOutcome, sweepOutcomes } from "../../sweep/outcome.js";
import type { LeftOut } from "../../sweep/trials.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";

/** What became of a whole sweep. */
export interface SweepSummary {
  readonly results: readonly TrialResult[];
  readonly leftOut: readonly LeftOut[];
  /** Faults that there was no CSMS for any more, or no time. */
  readonly notTried: readonly string[];
  readonly seed: number;
}

const columns: readonly SweepOutcome[] = [...sweepOutcomes].reverse();

/** How many faults came to each outcome. */
export function countsOf(results: readonly TrialResult[]): Readonly<Record<SweepOutcome, number>> {
  const of = (wanted: SweepOutcome): number => results.filter(({ outcome }) => outcome === wanted).length;
  return {
    crashed: of("crashed"),
    hung: of("hung"),
    "lost data": of("lost data"),
    "protocol violation": of("protocol violation"),
    recovered: of("recovered"),
    unaffected: of("unaffected"),
    "not applied": of("not applied"),
  };
}

/** One fault as an object. */
export function resultLine(result: TrialResult, keepsCassettes: boolean): string {
  const { name, outcome, why, applied, broughtForward, cassettes } = result;
  const told = { event: "fault", fault: name, outcome, why, applied, broughtForward };
  return jsonLine(keepsCassettes ? { ...told, tapes: cassettes } : told);
}

/** The end of a sweep as an object. */
export function summaryLine({ results, leftOut, notTried, seed }: SweepSummary): string {
  const worst = sweepOutcomes.find((outcome) => results.some((one) => one.outcome === outcome)) ?? null;
  const ok = notTried.length === 0 && !results.some(({ outcome }) => isBad(outcome));
  return jsonLine({ event: "summary", ok, worst, counts: countsOf(results), leftOut, notTried, seed });
}

/** The matrix in lines of text. */
export function matrixLines(paint: CliSession["paint"], summary: SweepSummary): readonly string[] {
  const { results, leftOut, notTried } = summary;
  const width = Math.max(5, ...results.map(({ name }) => Math.min(30, printable(name).length)));
  const head = `${"fault".padEnd(width)}  ${columns.join("  ")}  why`;
  const rows = results.map(({ name, outcome, why }) => {
    const cells = columns.map((column) => (column === outcome ? "x" : ".").padEnd(column.length)).join("  ");
    const row = `${printable(name, 30).padEnd(width)}  ${cells}  ${outcome}: ${printable(why, 300)}`;
    return isBad(outcome) ? paint.red(row) : row;
  });
  const counts = countsOf(results);
  const total = columns.filter((column) => counts[column] > 0).map((column) => `${counts[column]} ${column}`);
  return [
    paint.bold(head),
    ...rows,
    ...leftOut.map(({ name, why }) => `left out  ${printable(name, 30)}: ${why}`),
    ...notTried.map((name) => `not tried  ${printable(name, 30)}`),
    `${results.length} faults: ${total.join(", ")}`,
  ];
}
