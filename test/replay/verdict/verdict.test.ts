// The counts of results -> a verdict.
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
  test("the verdict is pass without differences, and not-applicable if nothing was compared", () => {
    expect(verdict()).toBe("not-applicable");
    expect(verdict(["equal"], ["ignorable"], ["bound"])).toBe("pass");
  });

  test("the verdict is partial if only CSMS calls are missing or a message was unexpected", () => {
    expect(verdict(["equal"], ["missing"])).toBe("partial");
    expect(verdict(["unexpected"])).toBe("partial");
  });

  test("the verdict is fail for a difference or a missing answer", () => {
    expect(verdict(["different"], ["missing"])).toBe("fail");
    expect(verdict(["missing", true], ["unexpected"])).toBe("fail");
  });

  test("every result is counted", () => {
    const tally = new Tally();
    for (const result of results) tally.add(compared(result), false);
    tally.addUnmet();
    tally.fork();
    tally.unfulfilled();
    expect(tally.counts).toMatchObject({ unmet: 1, forks: 1, unfulfilled: 1 });
    expect(results.map((result) => tally.counts[result])).toEqual(results.map(() => 1));
  });

  test("the verdict is fail if an expected failure did not occur", () => {
    const tally = new Tally();
    tally.add(compared("expected"), false);
    expect(tally.verdict).toBe("pass");
    tally.addUnmet();
    expect(tally.verdict).toBe("fail");
    expect(tally.counts).toMatchObject({ expected: 1, unmet: 1 });
  });

  test("the verdict is fail for other reasons than messages, and unfulfilled calls do not change it", () => {
    const tally = new Tally();
    tally.add(compared("equal"), false);
    tally.unfulfilled();
    expect(tally.verdict).toBe("pass");
    tally.fail();
    expect(tally.verdict).toBe("fail");
  });
});
