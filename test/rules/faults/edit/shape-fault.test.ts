import { expect, test } from "vitest";
import { shapes, spanWords } from "../../../../src/rules/faults/edit/shape-fault.js";
import { inputOf } from "../sample.js";

test("a shape is asked for both directions and for good, unless it says otherwise", () => {
  const input = inputOf();
  expect(shapes(input, "dead", {}, { kind: "half-open" })).toEqual({
    outcome: "dead",
    copies: input.copies,
    draw: null,
    actions: [
      {
        kind: "shape",
        direction: "both",
        shape: { kind: "half-open" },
        lastsMs: undefined,
        draw: input.draw,
      },
    ],
  });
});

test.each([
  ["both", undefined, ""],
  ["cp-to-csms", 30, " towards the CSMS for 30 ms"],
  ["csms-to-cp", undefined, " towards the charge point"],
] as const)("%s for %s is told as a part of a sentence", (direction, lasts, words) => {
  expect(spanWords({ direction, for: lasts })).toBe(words);
});
