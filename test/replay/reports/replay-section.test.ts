// A replay in the HTML report.
import { expect, test } from "vitest";
import { replaySection, verdictTone } from "../../../src/replay/reports/replay-section.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { comparedAnswer, outcomeOf } from "../../support/worlds/comparisons.js";

test("both dialogues are side by side, and a fork follows its answer", () => {
  const record = new ReplayRecord("a.cassette", "CP-1", "ws://x/");
  record.messages.push({ ...comparedAnswer({ result: "different" }), fork: 1 });
  record.take({
    ...comparedAnswer({ type: "SEND", action: "NotifyX" }),
    kind: "sent",
    exchange: comparedAnswer().exchange as never,
  });
  record.forks.push({ id: 1, what: "the transaction was not accepted", connection: 1, step: 1 });
  record.forks.push({ id: 2, what: "elsewhere", connection: 1, step: 99 });
  record.take({ kind: "unmet", action: "A", pointer: "/p", result: "missing", why: "w" });
  record.outcome = outcomeOf("fail", { different: 1 });
  const section = replaySection(record);
  expect(section).toMatchObject({ verdict: "fail", tone: "bad", leftName: "recorded", rightName: "live" });
  expect(section.totals).toEqual([["different", 1, "bad"]]);
  expect(
    section.items.map((item) =>
      item.kind === "exchange" ? [item.name, item.result, item.why].join(" ") : item.text,
    ),
  ).toEqual([
    "StartTransaction different depends on fork 1",
    "fork 1: the transaction was not accepted",
    "SEND NotifyX sent ",
    "fork 2: elsewhere",
    "A /p was expected to be missing, but is not: w",
  ]);
});

test("a cassette that could not be replayed has the reason", () => {
  const record = new ReplayRecord("a", "", "");
  record.error = "it is damaged";
  expect(replaySection(record)).toMatchObject({ verdict: "no verdict", notes: ["it is damaged"], items: [] });
});

test("each verdict has its colour", () => {
  expect(
    (["pass", "partial", "not-applicable", "interrupted", "fail", "error"] as const).map(verdictTone),
  ).toEqual(["good", "warn", "warn", "warn", "bad", "bad"]);
});
