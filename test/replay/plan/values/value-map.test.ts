// Recorded values and what stands for them.
import { describe, expect, test } from "vitest";
import { Dealer, noValueMap } from "../../../../src/replay/plan/values/value-map.js";

const dealer = (
  named: Readonly<Record<string, string>>,
  others: readonly string[],
  isCaseBlind = false,
): Dealer => new Dealer({ named: new Map(Object.entries(named)), others }, isCaseBlind);

describe("a dealer", () => {
  test("keeps what nothing is said about", () => {
    expect(new Dealer(noValueMap).liveFor("A")).toBeUndefined();
    expect(dealer({ A: "B" }, []).liveFor("C")).toBeUndefined();
  });

  test("gives named values theirs, and counts all others through, each always the same", () => {
    const deal = dealer({ A: "LAB-2" }, ["LAB-{n}"]);
    expect(["X", "A", "Y", "X"].map((one) => deal.liveFor(one))).toEqual([
      "LAB-1",
      "LAB-2",
      "LAB-3",
      "LAB-1",
    ]);
  });

  test("gives all others one word where that does not count", () => {
    const deal = dealer({}, ["ONE"]);
    expect([deal.liveFor("X"), deal.liveFor("Y"), deal.short]).toEqual(["ONE", "ONE", []]);
  });

  test("uses a list in its order, without what is named for somebody, and says who got nothing", () => {
    const deal = dealer({ A: "1" }, ["1", "2", "3"]);
    expect(["X", "Y", "Z", "X"].map((one) => deal.liveFor(one))).toEqual(["2", "3", undefined, "2"]);
    expect(deal.short).toEqual(["Z"]);
  });

  test("takes values for the same that differ in case alone, where that is asked for", () => {
    expect(dealer({ Tag: "B" }, [], true).liveFor("TAG")).toBe("B");
    expect(dealer({ Tag: "B" }, []).liveFor("TAG")).toBeUndefined();
  });
});
