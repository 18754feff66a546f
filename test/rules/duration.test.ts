import { expect, test } from "vitest";
import { readDuration } from "../../src/rules/duration.js";

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
