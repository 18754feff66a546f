// A replay as test cases.
import { expect, test } from "vitest";
import { differenceLine, replayCases } from "../../../src/replay/reports/replay-cases.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { comparedAnswer } from "../../support/worlds/comparisons.js";

test("each compared message, each fork and each unmet expectation is a case", () => {
  const record = new ReplayRecord("a", "b", "c");
  record.take(comparedAnswer());
  record.take(
    comparedAnswer({
      id: "2",
      result: "different",
      differences: [{ pointer: "/b", recorded: "1", live: undefined, why: "different" }],
    }),
  );
  record.take(comparedAnswer({ id: "3", result: "expected", why: "ticket" }));
  record.messages.push({ ...comparedAnswer({ id: "4", result: "different" }), fork: 1 });
  record.messages.push({ ...comparedAnswer({ id: "5" }), fork: 1 });
  record.forks.push({ id: 1, what: "refused", connection: 1, step: 7 });
  record.take({ kind: "unmet", action: "A", pointer: "/p", result: "different", why: "w" });
  expect(replayCases(record).map(({ name, state, message }) => `${state} ${name}: ${message}`)).toEqual([
    "passed #1 < CALLRESULT StartTransaction id 1: equal",
    "failed #1 < CALLRESULT StartTransaction id 2: different; /b: recorded 1, live nothing",
    "expected #1 < CALLRESULT StartTransaction id 3: expected: ticket",
    "failed #1 fork 1: refused; 1 message not as recorded, its own included",
    "failed expected failure A /p: expected to be different, but it is not: w",
  ]);
});

test("a difference is one line", () => {
  expect(differenceLine({ pointer: "", recorded: "3", live: "9", why: "slower" })).toBe(
    "slower: recorded 3 ms, live 9 ms",
  );
  expect(differenceLine({ pointer: "", recorded: "x".repeat(9000), live: "y", why: "expected" })).toMatch(
    /^the message: recorded x{2000}…, live y \(expected\)$/,
  );
});
