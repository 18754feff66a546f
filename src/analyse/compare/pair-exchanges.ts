// Pairs the exchanges of two recordings, for each connection and direction: first exchanges with equal content, then, in
// the gaps between them, those about the same subject, then those with the same action. Transactions are recognised even
// if their ids differ. The order of both sides is kept.

import { type AlignmentStage, alignInStages } from "./align-in-stages.js";
import { type ExchangeTokens, tokensOf } from "./exchange-tokens.js";
import type { DialogueExchange } from "./exchanges.js";
import { nameTransactions, type TokenizedExchange } from "./transaction-names.js";

/** Two exchanges that correspond, or one without a counterpart. */
export interface ExchangePair<E extends DialogueExchange = DialogueExchange> {
  readonly left: E | undefined;
  readonly right: E | undefined;
}

interface Item<E> {
  readonly exchange: E;
  readonly strict: string;
  /** The loose token and the transaction. */
  readonly subject: string;
  readonly loose: string;
}

const stages: readonly AlignmentStage<Item<DialogueExchange>>[] = [
  ({ strict }) => strict,
  ({ subject }) => subject,
  ({ loose }) => loose,
  ({ exchange }) => `${exchange.type} ${exchange.action ?? ""}`,
];

const itemOf = <E extends DialogueExchange>(
  exchange: E,
  { strict, loose }: ExchangeTokens,
  transaction: string | undefined,
  own: string,
): Item<E> => {
  if (transaction === undefined) return { exchange, strict: strict ?? own, subject: loose, loose };
  const subject = `${loose} in ${transaction}`;
  return { exchange, strict: strict === undefined ? subject : `${strict} in ${transaction}`, subject, loose };
};

const laneOf = ({ connection, direction }: DialogueExchange): string => `${connection} ${direction}`;

const lanesOf = <E extends DialogueExchange>(
  items: readonly Item<E>[],
): ReadonlyMap<string, readonly Item<E>[]> => {
  const lanes = new Map<string, Item<E>[]>();
  for (const item of items) {
    const name = laneOf(item.exchange);
    const lane = lanes.get(name);
    if (lane === undefined) lanes.set(name, [item]);
    else lane.push(item);
  }
  return lanes;
};

type Tokenized<E extends DialogueExchange> = TokenizedExchange & { readonly exchange: E };

const tokenize = <E extends DialogueExchange>(exchanges: readonly E[]): readonly Tokenized<E>[] =>
  exchanges.map((exchange) => ({ exchange, tokens: tokensOf(exchange) }));

/** Pairs all exchanges except those of `known`. The pairs have the order of the left side; an exchange that only the
 * right side has comes after the exchange that it followed. */
export function pairExchanges<E extends DialogueExchange>(
  left: readonly E[],
  right: readonly E[],
  known: readonly ExchangePair<E>[] = [],
): readonly ExchangePair<E>[] {
  const [tokenizedLeft, tokenizedRight] = [tokenize(left), tokenize(right)];
  const names = nameTransactions(tokenizedLeft, tokenizedRight, known);
  const taken = new Set(known.flatMap((pair) => [pair.left, pair.right]));
  const lanesOn = (
    tokenized: readonly Tokenized<E>[],
    side: string,
  ): ReadonlyMap<string, readonly Item<E>[]> =>
    lanesOf(
      tokenized
        .filter(({ exchange }) => !taken.has(exchange))
        .map(({ exchange, tokens }, i) => itemOf(exchange, tokens, names.get(exchange), `${side}${i}`)),
    );
  const lefts = lanesOn(tokenizedLeft, "l");
  const rights = lanesOn(tokenizedRight, "r");
  const lanes = new Set([...lefts.keys(), ...rights.keys()]);
  const pairs = [...lanes]
    .flatMap((lane) => alignInStages<Item<E>>(lefts.get(lane) ?? [], rights.get(lane) ?? [], stages))
    .map((pair) => ({ left: pair.left?.exchange, right: pair.right?.exchange }));
  const ranks = ranksOf(pairs, left, right);
  return [...pairs].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

const ranksOf = <E extends DialogueExchange>(
  pairs: readonly ExchangePair<E>[],
  left: readonly E[],
  right: readonly E[],
): ReadonlyMap<ExchangePair<E>, number> => {
  const pairOf = new Map(pairs.map((pair) => [pair.right ?? pair.left, pair]));
  const leftRanks = new Map([...left.entries()].map(([rank, exchange]) => [exchange, rank]));
  const ranks = new Map<ExchangePair<E>, number>();
  for (const pair of pairs) if (pair.left !== undefined) ranks.set(pair, leftRanks.get(pair.left) ?? 0);
  let rank = -1;
  let next = 0;
  for (const exchange of right) {
    const pair = pairOf.get(exchange);
    if (pair === undefined) continue;
    const own = ranks.get(pair);
    if (own !== undefined) {
      rank = own;
      next = 0;
    } else ranks.set(pair, rank + ++next / (right.length + 2));
  }
  return ranks;
};
