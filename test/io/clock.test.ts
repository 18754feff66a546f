// The clock of a run.
import { expect, test } from "vitest";
import { startClock } from "../../src/io/clock.js";

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
