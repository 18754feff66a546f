// Counts of results -> one word.
import { describe, expect, test } from "vitest";
import type { Compared, Result } from "../../src/replay/protocol.js";
import { results, Tally } from "../../src/replay/verdict.js";

const compared = (result: Result): Compared => ({
  kind: "compared",
  result,
  connection: 1,
  direction: "csms-to-cp",
  type: "CALLRESULT",
  action: null,
  id: null,
  differences: [],
  why: "",
});

const verdict = (...all: readonly (readonly [Result, boolean?])[]): string => {
  const tally = new Tally();
  for (const [result, owed] of all) tally.add(compared(result), owed ?? false);
  return tally.verdict;
};

describe("a verdict", () => {
  test("is pass while nothing counts, and not applicable where nothing was compared", () => {
    expect(verdict()).toBe("not-applicable");
    expect(verdict(["equal"], ["ignorable"], ["bound"])).toBe("pass");
  });

  test("is partial when only CSMS calls are missing or something unexpected came", () => {
    expect(verdict(["equal"], ["missing"])).toBe("partial");
    expect(verdict(["unexpected"])).toBe("partial");
  });

  test("is fail for a difference or an absence that the dialogue owed", () => {
    expect(verdict(["different"], ["missing"])).toBe("fail");
    expect(verdict(["missing", true], ["unexpected"])).toBe("fail");
  });

  test("counts every result", () => {
    const tally = new Tally();
    for (const result of results) tally.add(compared(result), false);
    expect(Object.values(tally.counts)).toEqual([...results.map(() => 1), 0]);
  });

  test("is fail when an expected failure did not come", () => {
    const tally = new Tally();
    tally.add(compared("expected"), false);
    expect(tally.verdict).toBe("pass");
    tally.addUnmet();
    expect(tally.verdict).toBe("fail");
    expect(tally.counts).toMatchObject({ expected: 1, unmet: 1 });
  });
});
