// Two runs of one recording compared with each other.
import { expect, test } from "vitest";
import { nothingIgnored } from "../../../src/analyse/compare/ignore-rules.js";
import type { ComparedExchange } from "../../../src/replay/protocol.js";
import { compareRuns } from "../../../src/replay/verdict/against.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { comparedAnswer } from "../../support/worlds/comparisons.js";

const options = { ignores: nothingIgnored, slowdown: undefined };

const said = (place: Partial<ComparedExchange>, action: string, live: ComparedExchange["live"], at: number) =>
  comparedAnswer({
    action,
    type: place.step === undefined ? "CALL" : "CALLRESULT",
    exchange: {
      step: undefined,
      expectation: undefined,
      recordedAtNs: null,
      liveAtNs: at,
      recorded: { call: undefined, answer: undefined },
      live,
      ...place,
    },
  });

const start = (id: number, status = "Accepted") =>
  said(
    { step: 1 },
    "StartTransaction",
    {
      call: '[2,"1","StartTransaction",{"idTag":"T"}]',
      answer: `[3,"1",{"transactionId":${id},"idTagInfo":{"status":"${status}"}}]`,
    },
    1,
  );

const meter = (id: number, answer: string | undefined) =>
  said({ step: 2 }, "MeterValues", { call: `[2,"2","MeterValues",{"transactionId":${id}}]`, answer }, 2);

const call = (action: string, payload: string, expectation?: number) =>
  said({ expectation }, action, { call: `[2,"x","${action}",${payload}]`, answer: '[3,"x",{}]' }, 3);

const record = (...messages: readonly ReturnType<typeof said>[]): ReplayRecord => {
  const made = new ReplayRecord("a", "b", "c");
  for (const message of messages) made.take(message);
  return made;
};

const told = (left: ReplayRecord, right: ReplayRecord): readonly string[] =>
  compareRuns(left, right, options).rows.map(
    ({ result, left: l, right: r }) => `${result} ${(l ?? r)?.action}`,
  );

test("answers that differ only in ids are alike, and the station's own messages are not compared", () => {
  const diff = compareRuns(
    record(start(1), meter(1, '[3,"2",{}]'), call("RemoteStop", '{"transactionId":1}', 0)),
    record(start(2), meter(2, '[3,"2",{}]'), call("RemoteStop", '{"transactionId":2}', 0)),
    options,
  );
  expect([diff.isSame, diff.rows.map(({ result }) => result)]).toEqual([true, ["bound", "equal", "bound"]]);
});

test("different answers, missing answers, and calls of only one CSMS are reported", () => {
  expect(
    told(
      record(start(1), meter(1, '[3,"2",{}]'), call("Reset", '{"type":"Soft"}')),
      record(start(1, "Invalid"), meter(1, undefined), call("ClearCache", "{}")),
    ),
  ).toEqual(["changed StartTransaction", "changed MeterValues", "added ClearCache", "missing Reset"]);
});

test("a call that neither CSMS made is on neither side", () => {
  const missing = comparedAnswer({ result: "missing", exchange: undefined as never });
  expect(told(record(missing), record())).toEqual([]);
});
