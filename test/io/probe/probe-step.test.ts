// The deadline that checks share.
import { expect, test } from "vitest";
import { startDeadline, timed } from "../../../src/io/probe/probe-step.js";

test("a deadline gives the time that is left, at least 1 ms", () => {
  const long = startDeadline(60_000);
  expect(long.left(100)).toBe(100);
  expect(long.isOver).toBe(false);
  const over = startDeadline(-1);
  expect(over.left(100)).toBe(1);
  expect(over.isOver).toBe(true);
});

test("the time of a check is measured", async () => {
  expect(await timed(() => Promise.resolve("seen"))).toEqual({ value: "seen", ms: expect.any(Number) });
});
