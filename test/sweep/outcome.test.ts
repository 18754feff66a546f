// The outcome of a fault, judged from the facts of a disturbed replay.
import { describe, expect, test } from "vitest";
import { isBad, judgeSweep, newDefects, type SweepFacts } from "../../src/sweep/outcome.js";

const well: SweepFacts = {
  applied: 1,
  did: "dropped",
  health: { kind: "well", why: "" },
  lost: [],
  defects: [],
  accepted: [],
  late: 0,
  given: 0,
};

describe("the outcome of a fault", () => {
  test.each<[string, Partial<SweepFacts>, string, string]>([
    ["all was answered as before", {}, "unaffected", "dropped"],
    ["the rule could not act", { applied: 0, did: "no CALL" }, "not applied", "no CALL"],
    [
      "a wrong payload was taken",
      { accepted: ["X /3/a: b"] },
      "unaffected",
      "dropped; accepted although it breaks",
    ],
    ["a repetition was answered", { late: 1 }, "recovered", "1 transaction message answered when repeated"],
    ["a Heartbeat stayed open", { given: 2 }, "recovered", "2 other CALLs unanswered"],
    [
      "a transaction was never booked",
      { lost: ["StopTransaction (step 9)"] },
      "lost data",
      "StopTransaction",
    ],
    ["the CSMS broke the protocol", { defects: ["a", "b", "c"] }, "protocol violation", "a, b and 1 more"],
    ["data were lost by a breach", { lost: ["x"], defects: ["a"] }, "lost data", "x"],
    ["nobody answers", { lost: ["x"], health: { kind: "hung", why: "silent" } }, "hung", "silent"],
    ["nobody listens", { applied: 0, health: { kind: "crashed", why: "gone" } }, "crashed", "gone"],
  ])("the outcome of a fault is judged with its reason if %s", (_case, facts, outcome, why) => {
    const judged = judgeSweep({ ...well, ...facts });
    expect(judged.outcome).toBe(outcome);
    expect(judged.why).toContain(why);
  });

  test("an outcome is bad only if it is worse than recovered", () => {
    expect((["crashed", "hung", "lost data", "protocol violation"] as const).every(isBad)).toBe(true);
    expect((["recovered", "unaffected", "not applied"] as const).some(isBad)).toBe(false);
  });

  test("a defect that the clean run has as well does not count", () => {
    const conduct = (...codes: string[]) => ({
      results: new Map<string, string>(),
      defects: new Map(codes.map((code) => [code, `does ${code}`])),
      accepted: new Map(codes.map((code) => [code, `took ${code}`])),
    });
    const runs = [conduct("a", "b"), conduct("b", "c")];
    expect(newDefects(conduct("a"), runs)).toEqual(["does b", "does c"]);
    expect(newDefects(conduct("a"), runs, "accepted")).toEqual(["took b", "took c"]);
  });
});
