// Two dialogues compared, exchange by exchange: what only one of them has, what they say differently, what took
// longer. The left one is "recorded", the right one "live" in every difference. Ids that a peer chose anew are bound
// to each other where they are handed out. Judges nothing: whoever asks decides what a difference is worth.

import type { Entry } from "../../cassette/format/entry.js";
import { canonicalNumber } from "../../ocpp/json/flat-values.js";
import type { Inflate } from "../messages/deflate.js";
import { type Comparison, compareMessages, type Difference, differAsWhole, type IsBound } from "./compare.js";
import { type DialogueExchange, envelopeKindOf, exchangesOf } from "./exchanges.js";
import { type Ignores, nothingIgnored } from "./ignore-rules.js";
import { type ExchangePair, pairExchanges } from "./pair-exchanges.js";
import { isTooSlow, type Slowdown } from "./slowdown.js";

/** What an exchange of two dialogues can come to. */
export type DiffResult = "equal" | "ignorable" | "bound" | "changed" | "slower" | "added" | "missing";

/** All of them, in the order in which they are told. */
export const diffResults: readonly DiffResult[] = [
  "equal",
  "ignorable",
  "bound",
  "changed",
  "slower",
  "added",
  "missing",
];

/** One difference, and the message of the exchange that holds it. */
export interface PlacedDifference extends Difference {
  readonly part: "call" | "answer";
}

/** An exchange of both dialogues, or of one. */
export interface DiffRow extends ExchangePair {
  readonly result: DiffResult;
  readonly differences: readonly PlacedDifference[];
}

/** What is told of two dialogues. */
export interface Diff {
  readonly rows: readonly DiffRow[];
  readonly counts: Readonly<Record<DiffResult, number>>;
  /** Whether nothing differs that counts. */
  readonly isSame: boolean;
  /** What could not be compared, one sentence each. */
  readonly notes: readonly string[];
}

/** How two dialogues are compared. */
export interface DiffOptions {
  readonly ignores: Ignores;
  readonly slowdown: Slowdown | undefined;
  /** False: the CALLs of the charger are the same by design, and are not looked at. */
  readonly chargerCalls: boolean;
}

/** What is usual. */
export const diffDefaults: DiffOptions = { ignores: nothingIgnored, slowdown: undefined, chargerCalls: true };

/** Pairs of transaction ids, learned where they are handed out. */
class BoundIds {
  private readonly live = new Map<string, string>();

  learn(recorded: string, live: string): void {
    this.live.set(spelling(recorded), spelling(live));
  }

  /** Learns an id that was not heard before. */
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

/** 2.x: the charger hands out the id itself, with the first event that carries it. */
const tellsTransaction = ({ action, direction }: DialogueExchange): boolean =>
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
      if (pointer === "/transactionInfo/transactionId" && tellsTransaction(left))
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

/** A whole message as a difference shows it: what it is, and for an error, which. */
const words = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const kind = envelopeKindOf(text);
  return kind === "unreadable"
    ? text.slice(0, longestWords)
    : `${typeName(kind)} ${text.slice(0, longestWords)}`;
};

const severity = ["equal", "ignorable", "bound", "different"] as const;

const worst = (call: Placed, answer: Placed, isSlower: boolean): DiffResult => {
  const rank = Math.max(severity.indexOf(call.result), severity.indexOf(answer.result));
  const result = severity[rank] ?? "different";
  if (result === "different") return "changed";
  return isSlower ? "slower" : result;
};

/** Compares pairs of exchanges, in the order in which they are given. */
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

/** Whether a recording's source saw the wire, and when things happened on it; a log's times are those of whoever wrote it. */
export function hasWireTimes(entries: readonly Entry[]): boolean {
  return !entries.some((entry) => entry.kind === "session" && entry.capture === "messages");
}

/** Compares two recordings; what a recording's source could not know is not held against it. */
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
      : ["one of them was not recorded on the wire: its times are not compared"];
  const slowdown = hasTimes ? options.slowdown : undefined;
  const pairs = pairExchanges(exchangesOf(left, inflate), exchangesOf(right, inflate));
  return diffPairs(pairs, { ...options, slowdown }, notes);
}
