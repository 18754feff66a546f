import { expect, test } from "vitest";
import { durationWords, rangeWords, readDuration } from "../../src/base/duration.js";

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
