// The record of a replay.
import { expect, test } from "vitest";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { comparedAnswer } from "../../support/worlds/comparisons.js";

const timed = (id: string, recordedAtNs: number | null, liveAtNs: number | null) =>
  comparedAnswer({
    id,
    exchange: {
      step: undefined,
      expectation: undefined,
      recordedAtNs,
      liveAtNs,
      recorded: { call: "", answer: undefined },
      live: { call: "", answer: undefined },
    },
  });

test("messages are in the order in which they began, missing ones where the recording has them", () => {
  const record = new ReplayRecord("a", "b", "c");
  for (const message of [timed("late", 30, 3), timed("first", 10, 1), timed("gone", 20, null)])
    record.take(message);
  record.take(timed("before all", 5, null));
  record.take(timed("nobody knows", null, null));
  record.take(timed("unasked", null, 2));
  expect(record.inOrder().map(({ id }) => id)).toEqual([
    "before all",
    "first",
    "gone",
    "unasked",
    "late",
    "nobody knows",
  ]);
});

test("notes, unmet expectations and sent messages are kept, progress is not", () => {
  const record = new ReplayRecord("a", "b", "c");
  record.take({ kind: "note", code: "x", message: "said" });
  record.take({ kind: "progress", done: 1, of: 2 });
  record.take({ kind: "unmet", action: "A", pointer: null, result: "missing", why: "w" });
  expect([record.notes, record.unmet.length, record.messages.length]).toEqual([["said"], 1, 0]);
});
