// Lists aligned in stages.
import { expect, test } from "vitest";
import { alignInStages } from "../../../src/analyse/compare/align-in-stages.js";

const sides = (left: readonly string[], right: readonly string[]): readonly string[] =>
  alignInStages(left, right, [(word) => word, (word) => word[0] ?? ""]).map(
    (pair) => `${pair.left ?? "-"} ${pair.right ?? "-"}`,
  );

test("the strictest stage aligns first, the next stage fills the gaps, the rest has no counterpart", () => {
  expect(sides(["a1", "b1", "c1"], ["a2", "b1", "c1", "c2"])).toEqual(["a1 a2", "b1 b1", "c1 c1", "- c2"]);
  expect(sides(["a1"], ["b1"])).toEqual(["a1 -", "- b1"]);
});

test("an alignment keeps the order of both lists", () => {
  expect(sides(["a", "b"], ["b", "a"])).toHaveLength(3);
});
