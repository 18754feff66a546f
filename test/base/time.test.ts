// Delays of timers between two times in ns.
import { expect, test } from "vitest";
import { longestTimerMs, timerMs } from "../../src/base/time.js";

test.each([
  { now: 0, due: 5_000_000, ms: 5 },
  { now: 0, due: 5_000_001, ms: 6 },
  { now: 10_000_000, due: 5_000_000, ms: 0 },
  { now: 0, due: (longestTimerMs + 1) * 1e6, ms: longestTimerMs },
  { now: 7, due: Number.POSITIVE_INFINITY, ms: longestTimerMs },
])("a timer from $now ns to $due ns waits $ms ms", ({ now, due, ms }) => {
  expect(timerMs(now, due)).toBe(ms);
});
