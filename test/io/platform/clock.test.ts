// The clock of a run.
import { expect, test } from "vitest";
import { startClock, startVirtualClock } from "../../../src/io/platform/clock.js";

test("a clock counts whole nanoseconds from its start and never back, and knows the wall clock", () => {
  const clock = startClock();
  let before = 0;
  for (let i = 0; i < 1000; i++) {
    const now = clock.now();
    expect(Number.isSafeInteger(now)).toBe(true);
    expect(now).toBeGreaterThanOrEqual(before);
    before = now;
  }
  expect(clock.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(clock.wall() >= clock.startedAt).toBe(true);
});

test("a virtual clock jumps, and shows the time as if it had passed", () => {
  const clock = startVirtualClock();
  const before = clock.now();
  clock.skip?.(3 * 24 * 3600 * 1000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(3 * 24 * 3600 * 1e9);
  expect(Date.parse(clock.wall()) - Date.parse(clock.startedAt)).toBeGreaterThanOrEqual(3 * 24 * 3600 * 1000);
  expect(startClock().skip).toBeUndefined();
});
