// "Did you mean".
import { describe, expect, test } from "vitest";
import { nearest } from "../../src/text/nearest.js";

const known = ["delay", "drop", "duplicate", "malformed", "close"];

describe("nearest", () => {
  test.each([
    ["dely", "delay"],
    ["DROP", "drop"],
    ["duplicated", "duplicate"],
    ["clsoe", "close"],
    ["dorp", "drop"],
  ])("%s is a slip for %s", (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });

  test.each(["", "xyz", "something-else", "q".repeat(100_000)])("nothing is near", (word) => {
    expect(nearest(word, known)).toBeUndefined();
  });

  test("nothing is known", () => {
    expect(nearest("delay", [])).toBeUndefined();
  });
});
