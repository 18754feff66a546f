// Counts of results -> one word.
import { describe, expect, test } from "vitest";
import type { Compared, Result } from "../../../src/replay/protocol.js";
import { results, Tally } from "../../../src/replay/verdict/verdict.js";

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
    tally.addUnmet();
    tally.fork();
    tally.unfulfilled();
    expect(tally.counts).toMatchObject({ unmet: 1, forks: 1, unfulfilled: 1 });
    expect(results.map((result) => tally.counts[result])).toEqual(results.map(() => 1));
  });

  test("is fail when an expected failure did not come", () => {
    const tally = new Tally();
    tally.add(compared("expected"), false);
    expect(tally.verdict).toBe("pass");
    tally.addUnmet();
    expect(tally.verdict).toBe("fail");
    expect(tally.counts).toMatchObject({ expected: 1, unmet: 1 });
  });

  test("is fail when something else than a message says so, and no worse for what is unfulfilled", () => {
    const tally = new Tally();
    tally.add(compared("equal"), false);
    tally.unfulfilled();
    expect(tally.verdict).toBe("pass");
    tally.fail();
    expect(tally.verdict).toBe("fail");
  });
});
