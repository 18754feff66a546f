// A recorder that is killed in the middle of a talk; the campaign of this is test/long/kill.test.ts.
import { expect, test } from "vitest";
import { killWhileSending } from "../../support/runs/kill-run.js";

test("what was forwarded up to 100 ms before a kill is on the cassettes", async () => {
  const fates = await killWhileSending(20, 8000);
  expect(fates).toHaveLength(40);
  expect(fates.some(({ forwarded }) => forwarded > 0)).toBe(true);
  expect(fates.filter(({ forwarded, recorded }) => recorded < forwarded)).toEqual([]);
});
