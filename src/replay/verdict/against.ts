// One recording replayed to two CSMSs: the answers of both are compared step by step. The station's own messages are the
// same in both runs and are not compared.

import { type Diff, type DiffOptions, diffDefaults, diffPairs } from "../../analyse/compare/diff.js";
import type { DialogueExchange } from "../../analyse/compare/exchanges.js";
import { type ExchangePair, pairExchanges } from "../../analyse/compare/pair-exchanges.js";
import type { ReplayedMessage, ReplayRecord } from "./replay-record.js";

/** An exchange of a run, and the step or the recorded call that it belongs to. */
interface RunExchange extends DialogueExchange {
  readonly step: number | undefined;
  readonly expectation: number | undefined;
}

const exchangeOf = (message: ReplayedMessage): readonly RunExchange[] => {
  const { exchange, connection, action, id } = message;
  // A call that the CSMS did not make has nothing to compare.
  if (exchange === undefined || exchange.live.call === undefined) return [];
  const isOwn = exchange.step !== undefined;
  return [
    {
      connection,
      direction: isOwn ? "cp-to-csms" : "csms-to-cp",
      type: isOwn && message.type !== "SEND" && action !== null ? "CALL" : typeOf(message),
      action,
      id,
      atNs: exchange.liveAtNs,
      call: exchange.live.call,
      answer: exchange.live.answer,
      latencyMs: message.kind === "compared" ? (message.latencyMs?.live ?? null) : null,
      step: exchange.step,
      expectation: exchange.expectation,
    },
  ];
};

const typeOf = ({ type }: ReplayedMessage): DialogueExchange["type"] =>
  type === "upgrade" ? "unreadable" : type;

const keyOf = ({ step, expectation }: RunExchange): string | undefined => {
  if (step !== undefined) return `step ${step}`;
  return expectation === undefined ? undefined : `call ${expectation}`;
};

const firstByKey = (exchanges: readonly RunExchange[]): ReadonlyMap<string, RunExchange> => {
  const found = new Map<string, RunExchange>();
  for (const exchange of exchanges) {
    const key = keyOf(exchange);
    if (key !== undefined && !found.has(key)) found.set(key, exchange);
  }
  return found;
};

/** Pairs steps and recorded calls by their numbers, and everything else by its content. */
const pairRuns = (left: readonly RunExchange[], right: readonly RunExchange[]): readonly ExchangePair[] => {
  const [lefts, rights] = [firstByKey(left), firstByKey(right)];
  const known: ExchangePair<RunExchange>[] = [...new Set([...lefts.keys(), ...rights.keys()])].map((key) => ({
    left: lefts.get(key),
    right: rights.get(key),
  }));
  return [...known, ...pairExchanges(left, right, known)].sort((a, b) => timeOf(a) - timeOf(b));
};

/** The time that sorts a pair: the left one's where there is one. */
const timeOf = ({ left, right }: ExchangePair<DialogueExchange>): number => left?.atNs ?? right?.atNs ?? 0;

/** The differences between what two CSMSs answered to the same replay. */
export function compareRuns(
  left: ReplayRecord,
  right: ReplayRecord,
  options: Pick<DiffOptions, "ignores" | "slowdown">,
): Diff {
  const [lefts, rights] = [left, right].map((record) => record.inOrder().flatMap(exchangeOf));
  const pairs = pairRuns(lefts ?? [], rights ?? []);
  return diffPairs(pairs, { ...diffDefaults, ...options, chargerCalls: false });
}
