// Compares two dialogues exchange by exchange: exchanges that only one has, exchanges with other content, answers that
// took longer. In every difference the left dialogue is "recorded", the right one "live". Transaction ids that a peer
// chose anew are bound to each other where they first appear.

import type { Entry } from "../../cassette/format/entry.js";
import { canonicalNumber } from "../../ocpp/json/flat-values.js";
import type { Inflate } from "../messages/deflate.js";
import {
  type Comparison,
  compareMessages,
  type Difference,
  differAsWhole,
  type IsBound,
  likenesses,
} from "./compare.js";
import { type DialogueExchange, envelopeKindOf, exchangesOf } from "./exchanges.js";
import { type Ignores, nothingIgnored } from "./ignore-rules.js";
import { type ExchangePair, pairExchanges } from "./pair-exchanges.js";
import { isTooSlow, type Slowdown } from "./slowdown.js";

/** The result of comparing one exchange. `added`: only the right dialogue has it; `missing`: only the left one. */
export type DiffResult = "equal" | "ignorable" | "bound" | "changed" | "slower" | "added" | "missing";

/** All results, in the order in which they are reported. */
export const diffResults: readonly DiffResult[] = [
  "equal",
  "ignorable",
  "bound",
  "changed",
  "slower",
  "added",
  "missing",
];

/** A difference, and the message of the exchange that contains it. */
export interface PlacedDifference extends Difference {
  readonly part: "call" | "answer";
}

/** One exchange of both dialogues, or of one. */
export interface DiffRow extends ExchangePair {
  readonly result: DiffResult;
  readonly differences: readonly PlacedDifference[];
}

/** The comparison of two dialogues. */
export interface Diff {
  readonly rows: readonly DiffRow[];
  readonly counts: Readonly<Record<DiffResult, number>>;
  /** Whether no difference counts. */
  readonly isSame: boolean;
  /** What was not compared, one sentence each. */
  readonly notes: readonly string[];
}

/** How two dialogues are compared. */
export interface DiffOptions {
  readonly ignores: Ignores;
  readonly slowdown: Slowdown | undefined;
  /** False: the charger's CALLs and answers are equal by construction and are not compared. */
  readonly chargerCalls: boolean;
}

/** The defaults. */
export const diffDefaults: DiffOptions = { ignores: nothingIgnored, slowdown: undefined, chargerCalls: true };

/** Pairs of transaction ids: the recorded id and the live id that replaces it. */
class BoundIds {
  private readonly live = new Map<string, string>();

  learn(recorded: string, live: string): void {
    this.live.set(spelling(recorded), spelling(live));
  }

  /** Learns an id unless it is known already. */
  learnFirst(recorded: string, live: string): void {
    if (!this.live.has(spelling(recorded))) this.learn(recorded, live);
  }

  readonly isBound: IsBound = (pointer, recorded, live) =>
    isTransactionId(pointer) && this.live.get(spelling(recorded)) === spelling(live);
}

const spelling = (source: string): string => (source.startsWith('"') ? source : canonicalNumber(source));
const isTransactionId = (pointer: string): boolean => pointer.endsWith("/transactionId");

const startsTransaction = ({ action, direction }: DialogueExchange): boolean =>
  direction === "cp-to-csms" && action === "StartTransaction";

/** In 2.x the charger chooses the id; the first event with it introduces it. */
const namesTransaction = ({ action, direction }: DialogueExchange): boolean =>
  direction === "cp-to-csms" && action === "TransactionEvent";

class Differ {
  private readonly options: DiffOptions;
  private readonly ids = new BoundIds();

  constructor(options: DiffOptions) {
    this.options = options;
  }

  row({ left, right }: ExchangePair): DiffRow {
    if (left === undefined || right === undefined) {
      const result = left === undefined ? "added" : "missing";
      return { left, right, result, differences: [] };
    }
    const call = this.calls(left, right);
    const answer = this.answers(left, right);
    const slower = this.slower(left, right);
    const result = worst(call, answer, slower.length > 0);
    return { left, right, result, differences: [...call.differences, ...answer.differences, ...slower] };
  }

  private calls(left: DialogueExchange, right: DialogueExchange): Placed {
    if (left.direction === "cp-to-csms" && !this.options.chargerCalls) return same;
    const isNew: IsBound = (pointer, recorded, live) => {
      if (pointer === "/transactionInfo/transactionId" && namesTransaction(left))
        this.ids.learnFirst(recorded, live);
      return this.ids.isBound(pointer, recorded, live);
    };
    return placed("call", this.texts(left, left.call, right.call, left.direction, isNew));
  }

  private answers(left: DialogueExchange, right: DialogueExchange): Placed {
    if (left.answer === undefined && right.answer === undefined) return same;
    const direction = left.direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms";
    if (direction === "cp-to-csms" && !this.options.chargerCalls) return same;
    const isBound: IsBound = (pointer, recorded, live) => {
      if (pointer === "/transactionId" && startsTransaction(left)) this.ids.learn(recorded, live);
      return this.ids.isBound(pointer, recorded, live);
    };
    return placed("answer", this.texts(left, left.answer, right.answer, direction, isBound));
  }

  private texts(
    { action }: DialogueExchange,
    recorded: string | undefined,
    live: string | undefined,
    direction: DialogueExchange["direction"],
    isBound: IsBound,
  ): Comparison {
    if (recorded === live) return { result: "equal", differences: [] };
    const kind = envelopeKindOf(recorded);
    const liveKind = envelopeKindOf(live);
    const isIgnored = this.options.ignores({ action, type: typeName(liveKind ?? kind), direction });
    if (recorded === undefined || live === undefined || kind !== liveKind || kind === undefined)
      return differAsWhole(words(recorded), words(live), isIgnored);
    return compareMessages(kind, recorded, live, isBound, isIgnored);
  }

  private slower(left: DialogueExchange, right: DialogueExchange): readonly PlacedDifference[] {
    const latency = { recorded: left.latencyMs, live: right.latencyMs };
    if (left.direction === "csms-to-cp" && !this.options.chargerCalls) return [];
    if (!isTooSlow(latency, this.options.slowdown)) return [];
    const { recorded, live } = latency;
    return [{ part: "answer", pointer: "", recorded: `${recorded}`, live: `${live}`, why: "slower" }];
  }
}

interface Placed {
  readonly result: Comparison["result"];
  readonly differences: readonly PlacedDifference[];
}

const same: Placed = { result: "equal", differences: [] };

const placed = (part: PlacedDifference["part"], { result, differences }: Comparison): Placed => ({
  result,
  differences: differences.map((difference) => ({ ...difference, part })),
});

const typeNames: Readonly<Record<string, string>> = {
  call: "CALL",
  send: "SEND",
  "call-result": "CALLRESULT",
  "call-error": "CALLERROR",
  "call-result-error": "CALLRESULTERROR",
};

const typeName = (kind: string | undefined): string => typeNames[kind ?? ""] ?? "unreadable";

const longestWords = 2000;

/** A whole message as a difference shows it: its type and its text. */
const words = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const kind = envelopeKindOf(text);
  return kind === "unreadable"
    ? text.slice(0, longestWords)
    : `${typeName(kind)} ${text.slice(0, longestWords)}`;
};

const worst = (call: Placed, answer: Placed, isSlower: boolean): DiffResult => {
  const rank = Math.max(likenesses.indexOf(call.result), likenesses.indexOf(answer.result));
  const result = likenesses[rank] ?? "different";
  if (result === "different") return "changed";
  return isSlower ? "slower" : result;
};

/** Compares pairs of exchanges, in the given order. */
export function diffPairs(
  pairs: readonly ExchangePair[],
  options: DiffOptions,
  notes: readonly string[] = [],
): Diff {
  const differ = new Differ(options);
  const counts: Record<DiffResult, number> = {
    equal: 0,
    ignorable: 0,
    bound: 0,
    changed: 0,
    slower: 0,
    added: 0,
    missing: 0,
  };
  const rows = pairs.map((pair) => differ.row(pair));
  for (const { result } of rows) counts[result]++;
  const isSame = counts.changed + counts.slower + counts.added + counts.missing === 0;
  return { rows, counts, isSame, notes };
}

/** Whether the times of a recording were taken on the wire; an imported log has the times of the system that wrote it. */
export function hasWireTimes(entries: readonly Entry[]): boolean {
  return !entries.some((entry) => entry.kind === "session" && entry.capture === "messages");
}

/** Compares two recordings; latencies only if both were recorded on the wire. */
export function diffRecordings(
  left: readonly Entry[],
  right: readonly Entry[],
  options: DiffOptions = diffDefaults,
  inflate?: Inflate,
): Diff {
  const hasTimes = hasWireTimes(left) && hasWireTimes(right);
  const notes =
    hasTimes || options.slowdown === undefined
      ? []
      : ["one of the recordings was not recorded on the wire, so times are not compared"];
  const slowdown = hasTimes ? options.slowdown : undefined;
  const pairs = pairExchanges(exchangesOf(left, inflate), exchangesOf(right, inflate));
  return diffPairs(pairs, { ...options, slowdown }, notes);
}
