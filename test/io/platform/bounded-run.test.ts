// Work that may never end, ended.
import { expect, test } from "vitest";
import { createBoundedRun } from "../../../src/io/platform/bounded-run.js";

test("work that ends gives its result, and what it throws it throws", () => {
  const run = createBoundedRun(1000);
  expect(run(() => [1, 2].map((n) => n * 2))).toEqual([2, 4]);
  expect(() =>
    run(() => {
      throw new TypeError("mine");
    }),
  ).toThrow(TypeError);
});

test("a regular expression that would take for ever is stopped, and the runner goes on", () => {
  const run = createBoundedRun(20);
  expect(run(() => /^(a+)+$/.test(`${"a".repeat(40)}!`))).toBeUndefined();
  expect(run(() => "still here")).toBe("still here");
});
