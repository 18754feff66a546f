// Rules that change under traffic change nothing that they do not say. The long run has two hundred charge points.
import { expect, test } from "vitest";
import { runChangingRules } from "../../support/runs/changing-rules-run.js";

test("twenty charge points lose, repeat and disorder nothing that no rule asked for, while rules change", async () => {
  const { wrong, decisions, changes } = await runChangingRules({
    chargers: 20,
    messages: 150,
    everyMs: 0,
    changeEveryMs: 0,
  });
  expect(wrong).toEqual([]);
  expect(decisions).toBeGreaterThan(20);
  expect(changes).toBeGreaterThan(5);
});
