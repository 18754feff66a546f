// The results of the steps of a replay.
import { expect, test } from "vitest";
import type { StationReport } from "../../src/replay/protocol.js";
import { StepResults } from "../../src/sweep/step-results.js";
import { emptyPlan } from "../support/cassettes/empty-plan.js";

const report = (step: number, call: string | undefined, answer: string | undefined): StationReport => ({
  kind: "compared",
  result: "equal",
  differences: [],
  why: "",
  connection: 1,
  direction: "csms-to-cp",
  type: answer?.startsWith("[4") === true ? "CALLERROR" : "CALLRESULT",
  action: "Heartbeat",
  id: "1",
  exchange: {
    step,
    expectation: undefined,
    recordedAtNs: null,
    liveAtNs: 1,
    recorded: { call: undefined, answer: undefined },
    live: { call, answer },
  },
});

test("step results hold the sent id, the answer and the assigned values of each step", () => {
  const results = new StepResults(emptyPlan);
  results.take(report(1, '[2,"a","Heartbeat",{}]', '[3,"a",{}]'));
  results.take(report(2, '[2,"b","Heartbeat",{}]', '[4,"b","InternalError","",{}]'));
  results.take(report(3, '[2,"c","Heartbeat",{}]', undefined));
  results.take(report(4, undefined, undefined));
  results.take({ kind: "progress", done: 1, of: 2 });
  expect([1, 2, 3, 4, 5].map((step) => results.answerTo(step))).toEqual([
    "result",
    "error",
    "none",
    "none",
    "none",
  ]);
  expect([1, 3, 4].map((step) => results.idOf(step))).toEqual(["a", "c", undefined]);
  expect(results.values.size).toBe(0);
});
