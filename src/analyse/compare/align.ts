// Two sequences laid side by side so that as much as possible of the same stands on the same line: the shortest way
// from the one to the other (Myers, "An O(ND) difference algorithm and its variations", 1986, in linear space), with a
// bound on the search beyond which a good way is taken for the best one. Knows tokens, not what they stand for.

/** Steps of one search after which the furthest way found so far is followed. */
const mostSteps = 256;

/** A stretch of both sequences. */
interface Box {
  readonly leftFrom: number;
  readonly leftTo: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

/** A point on a way through a box: so many of the left and of the right lie before it. */
interface Split {
  readonly left: number;
  readonly right: number;
}

/** Finds where to cut a box in two; one search from each corner. */
class Search {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly forward: Int32Array;
  private readonly backward: Int32Array;
  private readonly origin: number;

  constructor(left: Int32Array, right: Int32Array) {
    this.left = left;
    this.right = right;
    // Diagonals of one search reach no further than its steps, to both sides of the corner's own.
    this.origin = mostSteps + 1;
    this.forward = new Int32Array(2 * this.origin + 1);
    this.backward = new Int32Array(2 * this.origin + 1);
  }

  /** A point on the shortest way; on a good one where that is too far to find. */
  split(box: Box): Split {
    const width = box.leftTo - box.leftFrom;
    const height = box.rightTo - box.rightFrom;
    const delta = width - height;
    const isOdd = (delta & 1) !== 0;
    this.forward.fill(-1);
    this.backward.fill(-1);
    this.forward[this.origin + 1] = 0;
    this.backward[this.origin + 1] = 0;
    for (let d = 0; d < mostSteps; d++) {
      for (let k = -d; k <= d; k += 2) {
        const x = this.advance(this.forward, k, d, (from, to) => this.same(box, from, to));
        const other = delta - k;
        if (isOdd && Math.abs(other) < d && x + this.reached(this.backward, other) >= width)
          return this.at(box, x, x - k);
      }
      for (let k = -d; k <= d; k += 2) {
        const x = this.advance(this.backward, k, d, (from, to) => this.sameBack(box, from, to));
        const other = delta - k;
        if (!isOdd && Math.abs(other) <= d && x + this.reached(this.forward, other) >= width)
          return this.at(box, width - x, height - (x - k));
      }
    }
    return this.furthest(box);
  }

  private reached(ends: Int32Array, k: number): number {
    const x = ends[this.origin + k] ?? -1;
    return x < 0 ? Number.NEGATIVE_INFINITY : x;
  }

  private advance(ends: Int32Array, k: number, d: number, isSame: (x: number, y: number) => boolean): number {
    const below = ends[this.origin + k - 1] ?? -1;
    const above = ends[this.origin + k + 1] ?? -1;
    let x = k === -d || (k !== d && below < above) ? above : below + 1;
    while (isSame(x, x - k)) x++;
    ends[this.origin + k] = x;
    return x;
  }

  private same({ leftFrom, leftTo, rightFrom, rightTo }: Box, x: number, y: number): boolean {
    if (y < 0 || leftFrom + x >= leftTo || rightFrom + y >= rightTo) return false;
    return this.left[leftFrom + x] === this.right[rightFrom + y];
  }

  private sameBack({ leftFrom, leftTo, rightFrom, rightTo }: Box, x: number, y: number): boolean {
    if (y < 0 || leftTo - x <= leftFrom || rightTo - y <= rightFrom) return false;
    return this.left[leftTo - x - 1] === this.right[rightTo - y - 1];
  }

  private at({ leftFrom, leftTo, rightFrom, rightTo }: Box, x: number, y: number): Split {
    const left = Math.min(leftTo, Math.max(leftFrom, leftFrom + x));
    return { left, right: Math.min(rightTo, Math.max(rightFrom, rightFrom + y)) };
  }

  /** The point furthest from the first corner that the search has reached. */
  private furthest(box: Box): Split {
    let best: Split = { left: box.leftFrom, right: box.rightFrom };
    for (let k = -mostSteps + 1; k < mostSteps; k++) {
      const x = this.reached(this.forward, k);
      if (x - k < 0 || box.leftFrom + x > box.leftTo || box.rightFrom + x - k > box.rightTo) continue;
      if (2 * x - k > best.left - box.leftFrom + best.right - box.rightFrom) best = this.at(box, x, x - k);
    }
    return best;
  }
}

/** Both sequences with small whole numbers in place of their tokens. */
const numbered = (left: readonly string[], right: readonly string[]): readonly [Int32Array, Int32Array] => {
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const known = numbers.get(token) ?? numbers.size;
    numbers.set(token, known);
    return known;
  };
  return [Int32Array.from(left, numberOf), Int32Array.from(right, numberOf)];
};

/** The pairs of places with the same token that stand side by side, in order. */
export function align(
  leftTokens: readonly string[],
  rightTokens: readonly string[],
): readonly (readonly [left: number, right: number])[] {
  const [left, right] = numbered(leftTokens, rightTokens);
  const search = new Search(left, right);
  const pairs: (readonly [number, number])[] = [];
  const open: Box[] = [{ leftFrom: 0, leftTo: left.length, rightFrom: 0, rightTo: right.length }];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    let { leftFrom, leftTo, rightFrom, rightTo } = box;
    while (leftFrom < leftTo && rightFrom < rightTo && left[leftFrom] === right[rightFrom])
      pairs.push([leftFrom++, rightFrom++]);
    while (leftFrom < leftTo && rightFrom < rightTo && left[leftTo - 1] === right[rightTo - 1])
      pairs.push([--leftTo, --rightTo]);
    if (leftFrom === leftTo || rightFrom === rightTo) continue;
    const split = search.split({ leftFrom, leftTo, rightFrom, rightTo });
    const isCorner =
      (split.left === leftFrom && split.right === rightFrom) ||
      (split.left === leftTo && split.right === rightTo);
    if (isCorner) continue;
    open.push({ leftFrom, leftTo: split.left, rightFrom, rightTo: split.right });
    open.push({ leftFrom: split.left, leftTo, rightFrom: split.right, rightTo });
  }
  return pairs.sort((a, b) => a[0] - b[0]);
}
