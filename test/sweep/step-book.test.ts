// What became of the steps of a replay.
import { expect, test } from "vitest";
import type { StationReport } from "../../src/replay/protocol.js";
import { StepBook } from "../../src/sweep/step-book.js";
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

test("the book knows ids and answers by steps", () => {
  const book = new StepBook(emptyPlan);
  book.hear(report(1, '[2,"a","Heartbeat",{}]', '[3,"a",{}]'));
  book.hear(report(2, '[2,"b","Heartbeat",{}]', '[4,"b","InternalError","",{}]'));
  book.hear(report(3, '[2,"c","Heartbeat",{}]', undefined));
  book.hear(report(4, undefined, undefined));
  book.hear({ kind: "progress", done: 1, of: 2 });
  expect([1, 2, 3, 4, 5].map((step) => book.answerTo(step))).toEqual([
    "result",
    "error",
    "none",
    "none",
    "none",
  ]);
  expect([1, 3, 4].map((step) => book.idOf(step))).toEqual(["a", "c", undefined]);
  expect(book.values.size).toBe(0);
});
