import { expect, test } from "vitest";
import { pass, passed } from "../../../src/rules/contract/effect.js";

test("the decision of no rule changes nothing, delays nothing and closes nothing", () => {
  expect(passed).toEqual({ applied: [], effect: pass });
  expect(pass).toEqual({
    delayMs: 0,
    holds: "message",
    copies: [],
    changed: false,
    close: undefined,
    park: undefined,
    gapMs: 0,
    together: 1,
    orders: [],
  });
});
