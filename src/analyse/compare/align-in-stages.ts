// Two lists laid side by side by several likenesses, the strictest first: each later one only fills the gaps that
// the ones before it left. The order of neither list is ever broken. Knows no exchanges, only how to ask for tokens.

import { align } from "./align.js";

/** An item of either list, or of both. */
export interface SidePair<T> {
  readonly left: T | undefined;
  readonly right: T | undefined;
}

/** By what an item is recognised at one stage. */
export type AlignmentStage<T> = (item: T) => string;

/** The pairs in their order; what has no counterpart stands alone. */
export function alignInStages<T>(
  left: readonly T[],
  right: readonly T[],
  stages: readonly AlignmentStage<T>[],
): readonly SidePair<T>[] {
  const [tokenOf, ...later] = stages;
  if (tokenOf === undefined || left.length === 0 || right.length === 0)
    return [
      ...left.map((item) => ({ left: item, right: undefined })),
      ...right.map((item) => ({ left: undefined, right: item })),
    ];
  const pairs: SidePair<T>[] = [];
  let [fromLeft, fromRight] = [0, 0];
  const gap = (toLeft: number, toRight: number): void => {
    const rest = alignInStages(left.slice(fromLeft, toLeft), right.slice(fromRight, toRight), later);
    for (const pair of rest) pairs.push(pair);
  };
  for (const [l, r] of align(left.map(tokenOf), right.map(tokenOf))) {
    gap(l, r);
    pairs.push({ left: left[l], right: right[r] });
    [fromLeft, fromRight] = [l + 1, r + 1];
  }
  gap(left.length, right.length);
  return pairs;
}
