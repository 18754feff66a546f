// Two hundred chargers send twenty messages a second each while rules are armed, disarmed, put and replaced all the time.
// No message is lost, doubled or out of order unless a rule did it. Counted by message id at the other end.
import { expect, test } from "vitest";
import { runChangingRules } from "../support/runs/changing-rules-run.js";

test("two hundred chargers at twenty messages a second lose no message while rules change", async () => {
  const run = { chargers: 200, messages: 400, everyMs: 50, changeEveryMs: 50 };
  const { wrong, arrived, decisions, changes, pace } = await runChangingRules(run);
  console.log(`${pace.toFixed(1)} messages/s each, ${changes} changes of the rules, ${decisions} decisions`);
  expect(wrong).toEqual([]);
  expect(arrived).toBeGreaterThan(60_000);
  expect(decisions).toBeGreaterThan(1000);
  expect(changes).toBeGreaterThan(50);
});
