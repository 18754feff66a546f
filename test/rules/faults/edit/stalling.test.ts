import { describe, expect, test } from "vitest";
import { stalling } from "../../../../src/rules/faults/edit/stalling.js";
import { inputOf } from "../sample.js";

describe("what faults that stall have in common", () => {
  const { apply, explain } = stalling((ms) => ({ kind: "upgrade", upgrade: { kind: "stall", ms } }));

  test.each([
    [1500, "answered 1.5 s late", "stalled 1500 ms"],
    [0, "never answered", "stalled for ever"],
  ])("%i ms are told, and ordered as they are", (ms, told, outcome) => {
    expect(explain({ ms })).toBe(told);
    const input = inputOf();
    expect(apply({ ms }, input)).toEqual({
      outcome,
      copies: input.copies,
      draw: null,
      actions: [{ kind: "upgrade", upgrade: { kind: "stall", ms } }],
    });
  });
});
