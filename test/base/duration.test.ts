// Durations as texts.
import { expect, test } from "vitest";
import {
  durationWords,
  rangeWords,
  readDuration,
  readFineDuration,
  roundedWords,
} from "../../src/base/duration.js";

test.each([
  ["300ms", 300],
  ["3s", 3000],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["0s", 0],
  ["1.5s", 1500],
])("%s is %i ms", (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});

test.each(["", "3", "s", "3 s", "-1s", "1.5ms", "3S", "1e3s", "3sx", "9999999999s"])(
  "%j is no duration",
  (text) => {
    expect(readDuration(text)).toBeUndefined();
  },
);

test("a fine duration may have fractions of milliseconds", () => {
  expect(["1.5ms", "0.0625s", "2h", "1"].map(readFineDuration)).toEqual([
    1.5,
    undefined,
    7_200_000,
    undefined,
  ]);
});

test.each([
  [0, "0 ms"],
  [300, "300 ms"],
  [1500, "1.5 s"],
  [20_000, "20 s"],
  [90_000, "1 min 30 s"],
  [3_600_000, "1 h"],
  [86_399_999, "23 h 59 min 59.999 s"],
])("%i ms are %j in words", (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

test.each([
  [200, 250, "200 to 250 ms"],
  [3000, 7000, "3 to 7 s"],
  [500, 1500, "500 ms to 1.5 s"],
  [60_000, 90_000, "1 min to 1 min 30 s"],
  [5, 5, "5 ms"],
])("from %i to %i ms is %j", (from, to, words) => {
  expect(rangeWords(from, to)).toBe(words);
});

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
])("%d nanoseconds are %j in words, rounded", (ns, words) => {
  expect(roundedWords(ns)).toBe(words);
});
