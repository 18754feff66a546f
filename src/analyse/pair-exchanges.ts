// Two lists of exchanges laid side by side, connection by connection and direction by direction: first what says the
// same, then, in the gaps between, what is about the same, then what has the same action. The order of neither side
// is ever broken.

import { align } from "./align.js";
import { tokensOf } from "./exchange-tokens.js";
import type { Exchange } from "./exchanges.js";

/** An exchange of either side, or of both. */
export interface ExchangePair<E extends Exchange = Exchange> {
  readonly left: E | undefined;
  readonly right: E | undefined;
}

interface Item<E> {
  readonly exchange: E;
  readonly strict: string;
  readonly loose: string;
}

type Stage = "strict" | "loose" | "action";
const stages: readonly Stage[] = ["strict", "loose", "action"];

const tokenAt = (item: Item<Exchange>, stage: Stage): string =>
  stage === "action" ? `${item.exchange.type} ${item.exchange.action ?? ""}` : item[stage];

const itemsOf = <E extends Exchange>(exchanges: readonly E[], side: string): readonly Item<E>[] =>
  exchanges.map((exchange, i) => {
    const { strict, loose } = tokensOf(exchange);
    return { exchange, strict: strict ?? `${side}${i}`, loose };
  });

const paired = <E extends Exchange>(
  left: readonly Item<E>[],
  right: readonly Item<E>[],
  stage: number,
): readonly ExchangePair<E>[] => {
  const name = stages[stage];
  if (name === undefined || left.length === 0 || right.length === 0)
    return [
      ...left.map(({ exchange }) => ({ left: exchange, right: undefined })),
      ...right.map(({ exchange }) => ({ left: undefined, right: exchange })),
    ];
  const pairs: ExchangePair<E>[] = [];
  let [fromLeft, fromRight] = [0, 0];
  const gap = (toLeft: number, toRight: number): void => {
    for (const pair of paired(left.slice(fromLeft, toLeft), right.slice(fromRight, toRight), stage + 1))
      pairs.push(pair);
  };
  const tokens = (items: readonly Item<E>[]): readonly string[] => items.map((item) => tokenAt(item, name));
  for (const [l, r] of align(tokens(left), tokens(right))) {
    gap(l, r);
    pairs.push({ left: left[l]?.exchange, right: right[r]?.exchange });
    [fromLeft, fromRight] = [l + 1, r + 1];
  }
  gap(left.length, right.length);
  return pairs;
};

const laneOf = ({ connection, direction }: Exchange): string => `${connection} ${direction}`;

const lanesOf = <E extends Exchange>(exchanges: readonly E[]): ReadonlyMap<string, readonly E[]> => {
  const lanes = new Map<string, E[]>();
  for (const exchange of exchanges) {
    const lane = lanes.get(laneOf(exchange));
    if (lane === undefined) lanes.set(laneOf(exchange), [exchange]);
    else lane.push(exchange);
  }
  return lanes;
};

/** The pairs of all connections and directions; the left side's order decides, and what only the right one has stands
 * behind the exchange that it followed. */
export function pairExchanges<E extends Exchange>(
  left: readonly E[],
  right: readonly E[],
): readonly ExchangePair<E>[] {
  const lefts = lanesOf(left);
  const rights = lanesOf(right);
  const lanes = new Set([...lefts.keys(), ...rights.keys()]);
  const pairs = [...lanes].flatMap((lane) =>
    paired(itemsOf(lefts.get(lane) ?? [], "l"), itemsOf(rights.get(lane) ?? [], "r"), 0),
  );
  const places = placesOf(pairs, left, right);
  return [...pairs].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

const placesOf = <E extends Exchange>(
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
