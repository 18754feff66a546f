// Deadlines that steps share.
import { expect, test } from "vitest";
import { startDeadline, timed } from "../../../src/io/probe/probe-step.js";

test("a deadline gives what is left, never nothing", () => {
  const long = startDeadline(60_000);
  expect(long.left(100)).toBe(100);
  expect(long.isOver).toBe(false);
  const over = startDeadline(-1);
  expect(over.left(100)).toBe(1);
  expect(over.isOver).toBe(true);
});

test("a look is measured", async () => {
  expect(await timed(() => Promise.resolve("seen"))).toEqual({ value: "seen", ms: expect.any(Number) });
});
