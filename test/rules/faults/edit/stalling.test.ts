import { describe, expect, test } from "vitest";
import { stalling } from "../../../../src/rules/faults/edit/stalling.js";
import { inputOf } from "../sample.js";

describe("stalling", () => {
  const { apply } = stalling((ms) => ({ kind: "upgrade", upgrade: { kind: "stall", ms } }));

  test.each([
    [1500, "stalled 1500 ms"],
    [0, "stalled for ever"],
  ])("stalling holds a handshake for %i ms, with the outcome %s", (ms, outcome) => {
    const input = inputOf();
    expect(apply({ ms }, input)).toEqual({
      outcome,
      copies: input.copies,
      draw: null,
      actions: [{ kind: "upgrade", upgrade: { kind: "stall", ms } }],
    });
  });
});
