// Two lists of exchanges laid side by side, connection by connection and direction by direction: first what says the
// same, then, in the gaps between, what is about the same, then what has the same action. Transactions are told
// apart, whatever their ids. The order of neither side is ever broken.

import { type AlignmentStage, alignInStages } from "./align-in-stages.js";
import { type ExchangeTokens, tokensOf } from "./exchange-tokens.js";
import type { DialogueExchange } from "./exchanges.js";
import { nameTransactions, type TokenizedExchange } from "./transaction-names.js";

/** An exchange of either side, or of both. */
export interface ExchangePair<E extends DialogueExchange = DialogueExchange> {
  readonly left: E | undefined;
  readonly right: E | undefined;
}

interface Item<E> {
  readonly exchange: E;
  readonly strict: string;
  /** What it is about, and in which transaction. */
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

type SpokenBy<E extends DialogueExchange> = TokenizedExchange & { readonly exchange: E };

const spokenOf = <E extends DialogueExchange>(exchanges: readonly E[]): readonly SpokenBy<E>[] =>
  exchanges.map((exchange) => ({ exchange, tokens: tokensOf(exchange) }));

/** The pairs of all connections and directions but those already known; the left side's order decides, and what only
 * the right one has stands behind the exchange that it followed. */
export function pairExchanges<E extends DialogueExchange>(
  left: readonly E[],
  right: readonly E[],
  known: readonly ExchangePair<E>[] = [],
): readonly ExchangePair<E>[] {
  const [spokenLeft, spokenRight] = [spokenOf(left), spokenOf(right)];
  const names = nameTransactions(spokenLeft, spokenRight, known);
  const taken = new Set(known.flatMap((pair) => [pair.left, pair.right]));
  const lanesOn = (spoken: readonly SpokenBy<E>[], side: string): ReadonlyMap<string, readonly Item<E>[]> =>
    lanesOf(
      spoken
        .filter(({ exchange }) => !taken.has(exchange))
        .map(({ exchange, tokens }, i) => itemOf(exchange, tokens, names.get(exchange), `${side}${i}`)),
    );
  const lefts = lanesOn(spokenLeft, "l");
  const rights = lanesOn(spokenRight, "r");
  const lanes = new Set([...lefts.keys(), ...rights.keys()]);
  const pairs = [...lanes]
    .flatMap((lane) => alignInStages<Item<E>>(lefts.get(lane) ?? [], rights.get(lane) ?? [], stages))
    .map((pair) => ({ left: pair.left?.exchange, right: pair.right?.exchange }));
  const places = placesOf(pairs, left, right);
  return [...pairs].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

const placesOf = <E extends DialogueExchange>(
  pairs: readonly ExchangePair<E>[],
  left: readonly E[],
  right: readonly E[],
): ReadonlyMap<ExchangePair<E>, number> => {
  const pairOf = new Map(pairs.map((pair) => [pair.right ?? pair.left, pair]));
  const leftPlaces = new Map([...left.entries()].map(([place, exchange]) => [exchange, place]));
  const places = new Map<ExchangePair<E>, number>();
  for (const pair of pairs) if (pair.left !== undefined) places.set(pair, leftPlaces.get(pair.left) ?? 0);
  let place = -1;
  let next = 0;
  for (const exchange of right) {
    const pair = pairOf.get(exchange);
    if (pair === undefined) continue;
    const own = places.get(pair);
    if (own !== undefined) {
      place = own;
      next = 0;
    } else places.set(pair, place + ++next / (right.length + 2));
  }
  return places;
};
