// Aligns two lists in several stages, from the strictest comparison to the loosest: each stage aligns only the gaps that
// the stages before it left. The order of both lists is kept.

import { align } from "./align.js";

/** Two items that correspond, or one item without a counterpart. */
export interface SidePair<T> {
  readonly left: T | undefined;
  readonly right: T | undefined;
}

/** Gives the token by which an item is compared at one stage; equal tokens correspond. */
export type AlignmentStage<T> = (item: T) => string;

/** Aligns two lists; items without a counterpart are pairs of their own. */
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
  const alignGap = (toLeft: number, toRight: number): void => {
    const rest = alignInStages(left.slice(fromLeft, toLeft), right.slice(fromRight, toRight), later);
    for (const pair of rest) pairs.push(pair);
  };
  for (const [l, r] of align(left.map(tokenOf), right.map(tokenOf))) {
    alignGap(l, r);
    pairs.push({ left: left[l], right: right[r] });
    [fromLeft, fromRight] = [l + 1, r + 1];
  }
  alignGap(left.length, right.length);
  return pairs;
}
