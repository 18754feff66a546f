// When an answer is too slow.
import { expect, test } from "vitest";
import { isTooSlow, latencyMs, readSlowdown } from "../../../src/analyse/compare/slowdown.js";

test.each([
  ["2x", { factor: 2, plusMs: 0 }],
  ["1.5x", { factor: 1.5, plusMs: 0 }],
  ["+500ms", { factor: 1, plusMs: 500 }],
  ["+2s", { factor: 1, plusMs: 2000 }],
  ["+0.5ms", { factor: 1, plusMs: 0.5 }],
  ["2x+50ms", { factor: 2, plusMs: 50 }],
])("%s is a slowdown", (text, slowdown) => {
  expect(readSlowdown(text)).toEqual(slowdown);
});

test.each(["", "2", "x", "500ms", "0.5x", "-1x", "2x50ms", "+", "+1d"])("%j is not a slowdown", (text) => {
  expect(readSlowdown(text)).toBeUndefined();
});

test("an answer is too slow above the limit, and never if a time is unknown", () => {
  const limit = { factor: 2, plusMs: 50 };
  expect(isTooSlow({ recorded: 100, live: 250 }, limit)).toBe(false);
  expect(isTooSlow({ recorded: 100, live: 250.1 }, limit)).toBe(true);
  expect(isTooSlow({ recorded: null, live: 9999 }, limit)).toBe(false);
  expect(isTooSlow({ recorded: 1, live: null }, limit)).toBe(false);
  expect(isTooSlow({ recorded: 1, live: 9999 }, undefined)).toBe(false);
});

test("a latency has milliseconds with three decimals", () => {
  expect(latencyMs(1_000_000, 2_234_567)).toBe(1.235);
  expect(latencyMs(2, 1)).toBeNull();
  expect(latencyMs(null, 1)).toBeNull();
});
