// How a replay is told: to a person in lines, to a program in JSON. Texts of peers pass through `printable`.

import { leavesOf } from "../../ocpp/json/spans.js";
import type {
  AwaitedCall,
  Compared,
  Counts,
  Fork,
  ForkCount,
  NextStep,
  Outcome,
  StationReport,
  Unmet,
} from "../../replay/protocol.js";
import { results } from "../../replay/verdict/verdict.js";
import { printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";

const longestValue = 60;
const longestValueJson = 10_000;
const mostDifferencesShown = 10;

const colours = {
  equal: "green",
  ignorable: "green",
  bound: "cyan",
  different: "red",
  missing: "red",
  unexpected: "yellow",
  expected: "cyan",
} as const;

/** A value as a person reads it, in short. */
export function valueWords(source: string | undefined): string {
  return source === undefined ? "nothing" : printable(source, longestValue);
}

/** One line about one message, and one more for each of its differences after the first. */
export function comparedWords(compared: Compared, { paint }: CliSession): readonly string[] {
  const arrow = compared.direction === "cp-to-csms" ? ">" : "<";
  const name = [compared.type, printable(compared.action ?? "", 60)].filter((word) => word !== "").join(" ");
  const id = compared.id === null ? "" : ` ${paint.dim(`id ${printable(compared.id, 40)}`)}`;
  const why = compared.why === "" ? "" : ` (${compared.why})`;
  const result = paint[colours[compared.result]](compared.result.padEnd(10));
  const head = `  ${result} #${compared.connection} ${arrow} ${name}${id}${why}`;
  const told = compared.differences.filter(
    ({ why: reason }) => reason !== "date-time" && reason !== "ignored",
  );
  const lines = told.slice(0, mostDifferencesShown).map(({ pointer, recorded, live, why }) => {
    const place = pointer === "" ? "the message" : printable(pointer, 120);
    if (why === "slower") return `      slower: ${recorded} ms -> ${live} ms`;
    return `      ${place}: ${valueWords(recorded)} -> ${valueWords(live)}`;
  });
  if (told.length > mostDifferencesShown) lines.push(`      and ${told.length - mostDifferencesShown} more`);
  return [head, ...lines];
}

/** One line about a call that a step waits for. */
export function waitingWords(waiting: AwaitedCall, { paint }: CliSession): string {
  const { connection, for: action, because, timeoutMs } = waiting;
  const time = timeoutMs < 1000 ? `${timeoutMs} ms` : `${Math.round(timeoutMs / 100) / 10} s`;
  const call = `${printable(action, 60)} ${printable(waiting.payload, 200)}`;
  return `  ${paint.yellow("waiting".padEnd(10))} #${connection} < ${call} (for ${time}: ${because})`;
}

/** One line about a fork. */
export function forkWords(fork: Fork, { paint }: CliSession): string {
  const { id, connection, action, what, recorded, live, behind } = fork;
  const values = `${printable(recorded, 60)} -> ${printable(live, 60)}`;
  const steps = behind === 1 ? "1 step" : `${behind} steps`;
  return `  ${paint.red(`fork ${id}`.padEnd(10))} #${connection} < ${printable(action, 60)}: ${what} (${values}); ${steps} behind it`;
}

/** One line about what came of the messages behind a fork. */
export function forkCountWords({ id, differences }: ForkCount): string {
  return `  fork ${id}: ${differences} message(s), its own included, not as recorded`;
}

/** One line about the message that waits for a person. */
export function nextStepWords({ connection, type, action, id }: NextStep, { paint }: CliSession): string {
  const name = [type, printable(action ?? "", 60)].filter((word) => word !== "").join(" ");
  const shownId = id === null ? "" : ` id ${printable(id, 40)}`;
  return `  ${paint.bold("next".padEnd(10))} #${connection} > ${name}${shownId} (Enter sends it, a all that are left, q ends)`;
}

/** Whether a person wants to hear of this result one by one; what lies behind a fork is only counted. */
export function isWorthALine({ result, fork }: Compared): boolean {
  if (fork !== undefined) return false;
  return result !== "equal" && result !== "ignorable";
}

/** The value that a JSON text stands for where nothing is lost by that, else the text. */
export function jsonValue(source: string | undefined): unknown {
  if (source === undefined) return undefined;
  if (source.length > longestValueJson) return `${source.slice(0, longestValueJson)}…`;
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value === "object" && value !== null) return source;
    return typeof value === "string" || JSON.stringify(value) === source ? value : source;
  } catch {
    return source;
  }
}

/** A payload as an object where no number loses a digit by that, else its characters. */
const payloadJson = (payload: string): unknown => {
  const isExact = leavesOf(payload).every(
    ({ source }) => source.startsWith('"') || `${jsonValue(source)}` === source,
  );
  try {
    return isExact ? (JSON.parse(payload) as unknown) : payload;
  } catch {
    return payload;
  }
};

/** What a report is as one JSON object; undefined for what is no line. */
export function reportJson(report: StationReport, cassette: string): unknown {
  switch (report.kind) {
    case "compared": {
      const { kind, result, differences, exchange, ...rest } = report;
      const { step, expectation } = exchange ?? {};
      const shown = differences.map(({ pointer, recorded, live, why }) => ({
        pointer,
        recorded: jsonValue(recorded),
        live: jsonValue(live),
        why,
      }));
      return { event: kind, result, ...rest, step, expectation, differences: shown, cassette };
    }
    case "sent":
      return undefined;
    case "unmet": {
      const { kind, ...rest } = report;
      return { event: kind, ...rest, cassette };
    }
    case "note":
      return { event: "note", code: report.code, message: report.message, cassette };
    case "waiting": {
      const { kind, payload, ...rest } = report;
      return { event: kind, ...rest, payload: payloadJson(payload), cassette };
    }
    case "fork": {
      const { kind, ...rest } = report;
      return { event: kind, ...rest, cassette };
    }
    case "progress":
      return { event: "progress", done: report.done, of: report.of, cassette };
  }
}

/** The line about an expected failure that did not come. */
export function unmetWords({ action, pointer, result, why }: Unmet, { paint }: CliSession): string {
  const place = pointer === null ? "" : ` ${printable(pointer, 120)}`;
  const what = `${printable(action, 60)}${place} was expected to be ${result} (${printable(why, 200)}) and is not`;
  return `  ${paint.red("unmet".padEnd(10))} ${what}`;
}

/** How many messages came to what; results that did not occur are left out. */
export function countWords(counts: Counts): string {
  const all = [...results, "unmet"] as const;
  const words = all.filter((result) => counts[result] > 0).map((result) => `${counts[result]} ${result}`);
  if (counts.unfulfilled > 0) words.push(`${counts.unfulfilled} accepted without the recorded effect`);
  if (counts.forks > 0) words.push(`${counts.forks} fork${counts.forks === 1 ? "" : "s"}`);
  return words.length === 0 ? "nothing compared" : words.join(", ");
}

/** The last line about a cassette. */
export function verdictWords({ verdict, reason, fingerprint }: Outcome, { paint }: CliSession): string {
  const colour =
    verdict === "pass" ? "green" : ["partial", "not-applicable"].includes(verdict) ? "yellow" : "red";
  const why = reason === "" ? "" : `: ${printable(reason, 200)}`;
  return `${paint.bold[colour](verdict)}${why}  ${paint.dim(`fingerprint ${fingerprint}`)}`;
}
