import { expect, test } from "vitest";
import { noDecision, noEffect } from "../../../src/rules/contract/effect.js";

test("the decision of no rule changes nothing, delays nothing and closes nothing", () => {
  expect(noDecision).toEqual({ applied: [], effect: noEffect });
  expect(noEffect).toEqual({
    delayMs: 0,
    holds: "message",
    copies: [],
    changed: false,
    close: undefined,
    wait: undefined,
    gapMs: 0,
    together: 1,
    actions: [],
  });
});
