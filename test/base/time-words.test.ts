// Spans of time in words.
import { expect, test } from "vitest";
import { spanWords } from "../../src/base/time-words.js";

test.each([
  [0, "0.00 ms"],
  [310_000, "0.31 ms"],
  [3_093_000, "3.1 ms"],
  [9_960_000, "10 ms"],
  [251_700_000, "252 ms"],
  [999_600_000, "1.00 s"],
  [1_254_000_000, "1.25 s"],
  [12_340_000_000, "12.3 s"],
  [59_960_000_000, "1 min 0 s"],
  [200_000_000_000, "3 min 20 s"],
  [3_599_600_000_000, "1 h 0 min"],
  [7_500_000_000_000, "2 h 5 min"],
])("%d nanoseconds are %s", (ns, words) => {
  expect(spanWords(ns)).toBe(words);
});
