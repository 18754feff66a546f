// The reports of a replay as lines for people and as JSON for programs. Texts of peers pass through `printable`.

import { durationWords } from "../../base/duration.js";
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
import { plural } from "../../text/plural.js";
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

/** A value in short. */
export function valueWords(source: string | undefined): string {
  return source === undefined ? "nothing" : printable(source, longestValue);
}

/** One line about a compared message, and one for each of its differences that count. */
export function comparedWords(compared: Compared, { paint }: CliSession): readonly string[] {
  const arrow = compared.direction === "cp-to-csms" ? ">" : "<";
  const name = [compared.type, printable(compared.action ?? "", 60)].filter((word) => word !== "").join(" ");
  const id = compared.id === null ? "" : ` ${paint.dim(`id ${printable(compared.id, 40)}`)}`;
  const why = compared.why === "" ? "" : ` (${compared.why})`;
  const result = paint[colours[compared.result]](compared.result.padEnd(10));
  const head = `  ${result} #${compared.connection} ${arrow} ${name}${id}${why}`;
  const shown = compared.differences.filter(
    ({ why: reason }) => reason !== "date-time" && reason !== "ignored",
  );
  const lines = shown.slice(0, mostDifferencesShown).map(({ pointer, recorded, live, why }) => {
    const place = pointer === "" ? "the message" : printable(pointer, 120);
    if (why === "slower") return `      slower: ${recorded} ms -> ${live} ms`;
    return `      ${place}: ${valueWords(recorded)} -> ${valueWords(live)}`;
  });
  if (shown.length > mostDifferencesShown)
    lines.push(`      and ${shown.length - mostDifferencesShown} more`);
  return [head, ...lines];
}

/** One line about a call of the CSMS that a step waits for. */
export function waitingWords(waiting: AwaitedCall, { paint }: CliSession): string {
  const { connection, for: action, because, timeoutMs } = waiting;
  const call = `${printable(action, 60)} ${printable(waiting.payload, 200)}`;
  return `  ${paint.yellow("waiting".padEnd(10))} #${connection} < ${call} (up to ${durationWords(timeoutMs)}, for ${because})`;
}

/** One line about a fork. */
export function forkWords(fork: Fork, { paint }: CliSession): string {
  const { id, connection, action, what, recorded, live, behind } = fork;
  const values = `${printable(recorded, 60)} -> ${printable(live, 60)}`;
  return `  ${paint.red(`fork ${id}`.padEnd(10))} #${connection} < ${printable(action, 60)}: ${what} (${values}); ${plural(behind, "step")} ${behind === 1 ? "depends" : "depend"} on it`;
}

/** One line about the messages that depend on a fork. */
export function forkCountWords({ id, differences }: ForkCount): string {
  return `  fork ${id}: ${plural(differences, "message")} not as recorded, its own included`;
}

/** One line about the message that waits for the operator. */
export function nextStepWords({ connection, type, action, id }: NextStep, { paint }: CliSession): string {
  const name = [type, printable(action ?? "", 60)].filter((word) => word !== "").join(" ");
  const shownId = id === null ? "" : ` id ${printable(id, 40)}`;
  return `  ${paint.bold("next".padEnd(10))} #${connection} > ${name}${shownId} (Enter sends it, a sends all that are left, q ends the replay)`;
}

/** Whether a compared message gets a line; one that depends on a fork is only counted. */
export function getsLine({ result, fork }: Compared): boolean {
  if (fork !== undefined) return false;
  return result !== "equal" && result !== "ignorable";
}

/** The value of a JSON text where that loses nothing, else the text. */
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

/** A payload as an object where no number loses a digit, else its characters. */
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

/** A report as one JSON object; undefined for a report that has no JSON line. */
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

/** One line about an expected failure that did not occur. */
export function unmetWords({ action, pointer, result, why }: Unmet, { paint }: CliSession): string {
  const place = pointer === null ? "" : ` ${printable(pointer, 120)}`;
  const what = `${printable(action, 60)}${place} was expected to be ${result} (${printable(why, 200)}), but is not`;
  return `  ${paint.red("unmet".padEnd(10))} ${what}`;
}

/** How many messages have each result; results without messages are left out. */
export function countWords(counts: Counts): string {
  const all = [...results, "unmet"] as const;
  const words = all.filter((result) => counts[result] > 0).map((result) => `${counts[result]} ${result}`);
  if (counts.unfulfilled > 0) words.push(`${counts.unfulfilled} accepted without the recorded effect`);
  if (counts.forks > 0) words.push(plural(counts.forks, "fork"));
  return words.length === 0 ? "nothing compared" : words.join(", ");
}

/** The last line about a cassette. */
export function verdictWords({ verdict, reason, fingerprint }: Outcome, { paint }: CliSession): string {
  const colour =
    verdict === "pass" ? "green" : ["partial", "not-applicable"].includes(verdict) ? "yellow" : "red";
  const why = reason === "" ? "" : `: ${printable(reason, 200)}`;
  return `${paint.bold[colour](verdict)}${why}  ${paint.dim(`fingerprint ${fingerprint}`)}`;
}
