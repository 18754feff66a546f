// What the user allows and expects, and how it changes the result of a comparison.
import { describe, expect, test } from "vitest";
import type { Difference } from "../../../src/analyse/compare/compare.js";
import type { Compared } from "../../../src/replay/protocol.js";
import {
  type ExpectedFailure,
  Judge,
  type Judgement,
  plainJudgement,
} from "../../../src/replay/verdict/judgement.js";

const different = (pointer: string): Difference => ({ pointer, recorded: "1", live: "2", why: "different" });

const compared = (changes: Partial<Compared>): Compared => ({
  kind: "compared",
  result: "equal",
  connection: 1,
  direction: "csms-to-cp",
  type: "CALLRESULT",
  action: "Authorize",
  id: "1",
  differences: [],
  why: "",
  ...changes,
});

const judge = (changes: Partial<Judgement>): Judge => new Judge({ ...plainJudgement, ...changes });
const known: ExpectedFailure = { action: "Auth*", pointer: "/a", result: "different", why: "known" };

describe("a judge", () => {
  test("a judge without settings changes nothing", () => {
    const one = compared({ result: "different", differences: [different("/a")] });
    expect(judge({}).judge(one, true)).toEqual(one);
  });

  test("an answer that is too slow is different", () => {
    const late = judge({ slowdown: { factor: 2, plusMs: 0 } }).judge(
      compared({ latencyMs: { recorded: 1, live: 3 } }),
      false,
    );
    expect(late).toMatchObject({ result: "different", differences: [{ why: "slower", live: "3" }] });
  });

  test("allowed calls of the CSMS may be missing, answers may not", () => {
    const lenient = judge({ allowMissing: ["Get*"] });
    const call = compared({ result: "missing", type: "CALL", action: "GetLog" });
    expect(lenient.judge(call, false).result).toBe("ignorable");
    expect(lenient.judge({ ...call, action: "Reset" }, false).result).toBe("missing");
    expect(lenient.judge({ ...call, type: "CALLRESULT" }, true).result).toBe("missing");
  });

  test("a message is expected if all of its differences are known", () => {
    const met: ExpectedFailure[] = [];
    const one = judge({ expected: [known], onMet: (failure) => met.push(failure) });
    const all = one.judge(compared({ result: "different", differences: [different("/a/b")] }), false);
    expect(all).toMatchObject({ result: "expected", why: "known", differences: [{ why: "expected" }] });
    const both = one.judge(
      compared({ result: "different", differences: [different("/a"), different("/c")] }),
      false,
    );
    expect(both.result).toBe("different");
    expect([one.unmet(), met.length]).toEqual([[], 2]);
  });

  test("missing and unexpected messages can be expected", () => {
    const missing: ExpectedFailure = { action: "Reset", result: "missing", why: "no button" };
    const one = judge({ expected: [missing] });
    expect(one.judge(compared({ result: "missing", type: "CALL", action: "Reset" }), false).result).toBe(
      "expected",
    );
    expect(one.judge(compared({ result: "unexpected", type: "CALL", action: "Reset" }), false).result).toBe(
      "unexpected",
    );
  });

  test("an expected failure that did not occur is unmet if its action was compared or if it must occur", () => {
    const heard = judge({ expected: [known] });
    heard.judge(compared({}), false);
    expect(heard.unmet()).toMatchObject([{ kind: "unmet", action: "Auth*", pointer: "/a" }]);
    expect(judge({ expected: [known] }).unmet()).toEqual([]);
    expect(judge({ expected: [known], mustOccur: true }).unmet()).toHaveLength(1);
  });
});
