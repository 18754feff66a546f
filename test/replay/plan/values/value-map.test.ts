// Recorded values and their replacements.
import { describe, expect, test } from "vitest";
import { Dealer, noValueMap } from "../../../../src/replay/plan/values/value-map.js";

const dealer = (
  named: Readonly<Record<string, string>>,
  others: readonly string[],
  isCaseBlind = false,
): Dealer => new Dealer({ named: new Map(Object.entries(named)), others }, isCaseBlind);

describe("a dealer", () => {
  test("a dealer keeps values without a replacement", () => {
    expect(new Dealer(noValueMap).liveFor("A")).toBeUndefined();
    expect(dealer({ A: "B" }, []).liveFor("C")).toBeUndefined();
  });

  test("a dealer replaces named values by name and counts all others, each always the same", () => {
    const deal = dealer({ A: "LAB-2" }, ["LAB-{n}"]);
    expect(["X", "A", "Y", "X"].map((one) => deal.liveFor(one))).toEqual([
      "LAB-1",
      "LAB-2",
      "LAB-3",
      "LAB-1",
    ]);
  });

  test("a dealer gives all other values the same word if it has no counter", () => {
    const deal = dealer({}, ["ONE"]);
    expect([deal.liveFor("X"), deal.liveFor("Y"), deal.short]).toEqual(["ONE", "ONE", []]);
  });

  test("a dealer uses a list in order, skips named replacements, and lists the values that got nothing", () => {
    const deal = dealer({ A: "1" }, ["1", "2", "3"]);
    expect(["X", "Y", "Z", "X"].map((one) => deal.liveFor(one))).toEqual(["2", "3", undefined, "2"]);
    expect(deal.short).toEqual(["Z"]);
  });

  test("a case-blind dealer treats values that differ only in case as one", () => {
    expect(dealer({ Tag: "B" }, [], true).liveFor("TAG")).toBe("B");
    expect(dealer({ Tag: "B" }, []).liveFor("TAG")).toBeUndefined();
  });
});
