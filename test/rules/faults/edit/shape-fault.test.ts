import { expect, test } from "vitest";
import { shapes, spanWords } from "../../../../src/rules/faults/edit/shape-fault.js";
import { inputOf } from "../sample.js";

test("a shape affects both directions until the connection ends, by default", () => {
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
  ["cp-to-csms", 30, ", only from the charge point to the CSMS, for 30 ms"],
  ["csms-to-cp", undefined, ", only from the CSMS to the charge point"],
] as const)("the direction %s and the time %s become part of a sentence", (direction, lasts, words) => {
  expect(spanWords({ direction, for: lasts })).toBe(words);
});
