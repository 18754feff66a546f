// What a station gives out for one event.
import { expect, test } from "vitest";
import type { Compared } from "../../../../src/replay/protocol.js";
import { maxUnexpectedReported, StationOutput } from "../../../../src/replay/station/run/station-output.js";
import { plainJudgement } from "../../../../src/replay/verdict/judgement.js";

const unexpected: Compared = {
  kind: "compared",
  result: "unexpected",
  connection: 1,
  direction: "csms-to-cp",
  type: "CALL",
  action: "ClearCache",
  id: "1",
  differences: [],
  why: "",
};

test("commands are given out in order, once", () => {
  const output = new StationOutput();
  output.push({ kind: "end", connection: 1 });
  output.note("a", "b");
  expect(output.take().map(({ kind }) => kind)).toEqual(["end", "report"]);
  expect(output.take()).toEqual([]);
});

test("a flood of unexpected messages is counted in full and reported up to a limit", () => {
  const output = new StationOutput();
  for (let i = 0; i < maxUnexpectedReported + 10; i++) output.compared(unexpected);
  const told = output.take();
  expect(told).toHaveLength(maxUnexpectedReported + 1);
  expect(told.at(-1)).toMatchObject({ report: { kind: "note", code: "too-many" } });
  expect(output.tally.counts.unexpected).toBe(maxUnexpectedReported + 10);
});

test("a known failure is counted as expected, and one that did not occur as unmet", () => {
  const known = { action: "ClearCache", result: "unexpected", why: "known" } as const;
  const output = new StationOutput({
    ...plainJudgement,
    expected: [known, { ...known, action: "Reset" }],
    mustOccur: true,
  });
  output.compared(unexpected);
  output.unmet();
  expect(output.tally.counts).toMatchObject({ unexpected: 0, expected: 1, unmet: 1 });
  expect(output.tally.verdict).toBe("fail");
  expect(output.take()).toMatchObject([
    { report: { result: "expected", why: "known" } },
    { report: { kind: "unmet", action: "Reset" } },
  ]);
});
