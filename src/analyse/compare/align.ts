// Aligns two sequences of tokens so that as many equal tokens as possible are paired: the shortest edit script (Myers,
// "An O(ND) difference algorithm and its variations", 1986, in linear space). The search is bounded; after that many
// steps a good script replaces the shortest one.

/** Steps of one search after which the furthest path found so far is taken. */
const mostSteps = 256;

/** A range of both sequences: the ends are not included. */
interface Box {
  readonly leftFrom: number;
  readonly leftTo: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

/** Where a path cuts a box: the number of left and right tokens before the cut. */
interface Split {
  readonly left: number;
  readonly right: number;
}

/** Finds where to cut a box in two, by one search from each corner. */
class Search {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly forward: Int32Array;
  private readonly backward: Int32Array;
  private readonly origin: number;

  constructor(left: Int32Array, right: Int32Array) {
    this.left = left;
    this.right = right;
    // A search of d steps reaches at most the d-th diagonal on either side.
    this.origin = mostSteps + 1;
    this.forward = new Int32Array(2 * this.origin + 1);
    this.backward = new Int32Array(2 * this.origin + 1);
  }

  /** A point on the shortest path, or on a good path if the shortest is too long to find. */
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
          return this.splitAt(box, x, x - k);
      }
      for (let k = -d; k <= d; k += 2) {
        const x = this.advance(this.backward, k, d, (from, to) => this.sameBack(box, from, to));
        const other = delta - k;
        if (!isOdd && Math.abs(other) <= d && x + this.reached(this.forward, other) >= width)
          return this.splitAt(box, width - x, height - (x - k));
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

  private splitAt({ leftFrom, leftTo, rightFrom, rightTo }: Box, x: number, y: number): Split {
    const left = Math.min(leftTo, Math.max(leftFrom, leftFrom + x));
    return { left, right: Math.min(rightTo, Math.max(rightFrom, rightFrom + y)) };
  }

  /** The reached point that is furthest from the first corner. */
  private furthest(box: Box): Split {
    let best: Split = { left: box.leftFrom, right: box.rightFrom };
    for (let k = -mostSteps + 1; k < mostSteps; k++) {
      const x = this.reached(this.forward, k);
      if (x - k < 0 || box.leftFrom + x > box.leftTo || box.rightFrom + x - k > box.rightTo) continue;
      if (2 * x - k > best.left - box.leftFrom + best.right - box.rightFrom)
        best = this.splitAt(box, x, x - k);
    }
    return best;
  }
}

/** Both sequences with a small integer for each distinct token. */
const numbered = (left: readonly string[], right: readonly string[]): readonly [Int32Array, Int32Array] => {
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const known = numbers.get(token) ?? numbers.size;
    numbers.set(token, known);
    return known;
  };
  return [Int32Array.from(left, numberOf), Int32Array.from(right, numberOf)];
};

/** The pairs of positions whose equal tokens are aligned, in order. */
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
