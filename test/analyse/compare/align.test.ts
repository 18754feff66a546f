// Aligned sequences: against the textbook's table, and long ones in bounded time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align } from "../../../src/analyse/compare/align.js";

const longestCommon = (left: readonly string[], right: readonly string[]): number => {
  let row: number[] = new Array<number>(right.length + 1).fill(0);
  for (const token of left) {
    const next = [0];
    for (const [j, other] of right.entries())
      next.push(token === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
};

const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 60 });

describe("an alignment", () => {
  test("an alignment pairs as many equal tokens as the longest common subsequence, in order", () => {
    fc.assert(
      fc.property(words, words, (left, right) => {
        const pairs = align(left, right);
        for (const [i, [a, b]] of pairs.entries()) {
          expect(left[a]).toBe(right[b]);
          const [beforeA, beforeB] = pairs[i - 1] ?? [-1, -1];
          expect(a > beforeA && b > beforeB).toBe(true);
        }
        expect(pairs.length).toBe(longestCommon(left, right));
      }),
    );
  });

  test("an alignment of a hundred thousand tokens with little in common ends", () => {
    const count = 100_000;
    const left = Array.from({ length: count }, (_, i) => `l${i}`);
    const right = Array.from({ length: count }, (_, i) => `r${i}`);
    expect(align(left, right)).toEqual([]);
    const mixed = left.map((token, i) => (i % 10 === 0 ? token : `x${i % 7}`));
    const other = left.map((token, i) => (i % 10 === 0 ? token : `y${i % 5}`));
    expect(align(mixed, other).length).toBeGreaterThan(count / 20);
  });
});
