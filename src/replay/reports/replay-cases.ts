// A replay's record as a list of test cases for CI reports: one for each compared message, one for each fork with the
// messages that depend on it, one for each expected failure that did not occur.

import type { Difference } from "../../analyse/compare/compare.js";
import { plural } from "../../text/plural.js";
import type { Compared } from "../protocol.js";
import type { ReplayedMessage, ReplayRecord } from "../verdict/replay-record.js";

/** The state of a case; `expected`: an expected failure. */
export type CaseState = "passed" | "failed" | "expected";

/** One case. */
export interface ReplayCase {
  readonly name: string;
  readonly state: CaseState;
  /** One line. */
  readonly message: string;
  /** The differences, one line each. */
  readonly details: readonly string[];
  /** How long the answer took; null where that is not known. */
  readonly latencyMs: number | null;
}

const mostDetails = 200;
const longestValue = 2000;

const value = (source: string | undefined): string =>
  source === undefined
    ? "nothing"
    : source.length > longestValue
      ? `${source.slice(0, longestValue)}…`
      : source;

/** A difference in one line. */
export function differenceLine({ pointer, recorded, live, why }: Difference): string {
  if (why === "slower") return `slower: recorded ${recorded} ms, live ${live} ms`;
  const place = pointer === "" ? "the message" : pointer;
  const note = why === "different" ? "" : ` (${why})`;
  return `${place}: recorded ${value(recorded)}, live ${value(live)}${note}`;
}

const counting = (difference: Difference): boolean =>
  difference.why === "different" || difference.why === "slower" || difference.why === "expected";

const isFailure = ({ result }: Compared): boolean =>
  result === "different" || result === "missing" || result === "unexpected";

const nameOf = ({ direction, type, action, id, connection }: Compared): string => {
  const arrow = direction === "cp-to-csms" ? ">" : "<";
  const words = [`#${connection}`, arrow, type, action ?? "", id === null ? "" : `id ${id}`];
  return words.filter((word) => word !== "").join(" ");
};

const messageCase = (compared: Compared): ReplayCase => {
  const { result, why, differences, latencyMs } = compared;
  const details = differences.filter(counting).slice(0, mostDetails).map(differenceLine);
  const state = isFailure(compared) ? "failed" : result === "expected" ? "expected" : "passed";
  const reasons = [result, why].filter((word) => word !== "").join(": ");
  const message = details.length === 1 && state === "failed" ? `${reasons}; ${details[0]}` : reasons;
  return { name: nameOf(compared), state, message, details, latencyMs: latencyMs?.live ?? null };
};

const isCompared = (message: ReplayedMessage): message is Compared & { readonly fork?: number } =>
  message.kind === "compared";

const forkCases = (record: ReplayRecord): readonly ReplayCase[] =>
  record.forks.map(({ id, what, connection, step }) => {
    const under = record.messages
      .filter(isCompared)
      .filter(({ fork, ...rest }) => fork === id && isFailure(rest));
    const details = under.slice(0, mostDetails).flatMap((compared) => {
      const head = `${nameOf(compared)}: ${compared.result}`;
      // The fork's own message gets its differences, those that depend on it only a line.
      const isItsOwn = compared.exchange?.step === step;
      return isItsOwn ? [head, ...compared.differences.filter(counting).map(differenceLine)] : [head];
    });
    const message = `${what}; ${plural(under.length, "message")} not as recorded, its own included`;
    return { name: `#${connection} fork ${id}`, state: "failed", message, details, latencyMs: null };
  });

/** The cases of a replay, in the order of its dialogue. */
export function replayCases(record: ReplayRecord): readonly ReplayCase[] {
  const own = record
    .inOrder()
    .filter(isCompared)
    .filter(({ fork }) => fork === undefined)
    .map(messageCase);
  const unmet = record.unmet.map(({ action, pointer, result, why }): ReplayCase => {
    const place = pointer === null ? "" : ` ${pointer}`;
    return {
      name: `expected failure ${action}${place}`,
      state: "failed",
      message: `expected to be ${result}, but it is not: ${why}`,
      details: [],
      latencyMs: null,
    };
  });
  return [...own, ...forkCases(record), ...unmet];
}
