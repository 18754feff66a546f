// The transactions that a run started, and the messages that stop them.
import { describe, expect, test } from "vitest";
import type { CallStep } from "../../../../src/replay/plan/plan.js";
import { ClosingTransactions } from "../../../../src/replay/station/values/closing-transactions.js";
import type { ValueOptions } from "../../../../src/replay/station/values/value-options.js";
import { receivedAnswer } from "../../../support/worlds/received.js";
import { type ValueRun, valueRecording, valueRun } from "../../../support/worlds/value-run.js";

interface Story {
  readonly run: ValueRun;
  readonly closing: ClosingTransactions;
  send(call: number): void;
  answer(call: number, text: string): void;
}

const story = (
  lines: readonly string[],
  subprotocol = "ocpp1.6",
  changes: Partial<ValueOptions> = { leaveOpen: false },
): Story => {
  const run = valueRun(valueRecording(lines, { subprotocol }), changes);
  const closing = new ClosingTransactions(run.plan, run.values);
  const steps = [...run.plan.steps.entries()].filter(
    (pair): pair is [number, CallStep] => pair[1].kind === "call",
  );
  const at = (call: number): [number, CallStep] => steps[call] as [number, CallStep];
  return {
    run,
    closing,
    send: (call) => closing.sent(...at(call), run.send(call).text),
    answer: (call, text) => {
      run.answer(call, text);
      closing.answered(at(call)[0], receivedAnswer(text));
    },
  };
};

const start =
  '1> [2,"1","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":100,"timestamp":"2026-01-01T00:00:00.0Z"}]';
const started = '1< [3,"1",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]';

describe("in 1.6", () => {
  test("in 1.6 a StopTransaction with the live id, the last register and the last date stops an open transaction", () => {
    const { closing, send, answer } = story([
      start,
      started,
      '1> [2,"2","MeterValues",{"connectorId":1,"transactionId":7,"meterValue":[{"timestamp":"2026-01-01T00:00:05.0Z","sampledValue":[{"value":"1.9","unit":"kWh"}]}]}]',
    ]);
    send(0);
    answer(0, '[3,"1",{"transactionId":9223372036854775807,"idTagInfo":{"status":"Accepted"}}]');
    send(1);
    expect(closing.messages([])).toEqual([]);
    const [message] = closing.messages([4, 1]);
    expect(message).toMatchObject({
      connection: 1,
      what: "transaction 9223372036854775807 of connector 1",
      text: `[2,"${message?.id}","StopTransaction",{"meterStop":1900,"timestamp":"2026-01-01T00:00:05.0Z","transactionId":9223372036854775807,"reason":"Other"}]`,
    });
    expect(closing.isOwed).toBe(true);
    expect(closing.take("other")).toBeUndefined();
    expect(closing.take(message?.id ?? "")).toBe(message);
    expect(closing.isOwed).toBe(false);
    expect(closing.messages([1])).toEqual([]);
  });

  test.each([
    ['[4,"1","InternalError","",{}]', 0],
    ['[3,"1",{"transactionId":0,"idTagInfo":{"status":"Invalid"}}]', 0],
    ['[3,"1",{"transactionId":-1,"idTagInfo":{"status":"Blocked"}}]', 0],
    ['[3,"1",{"transactionId":5,"idTagInfo":{"status":"Invalid"}}]', 1],
    ['[3,"1",{"transactionId":0,"idTagInfo":{"status":"Accepted"}}]', 1],
    ['[3,"1",{}]', 0],
  ])("in 1.6 the answer %s opens %i transactions", (text, count) => {
    const { closing, send, answer } = story([start, started]);
    send(0);
    answer(0, text);
    expect(closing.messages([1])).toHaveLength(count);
  });

  test("a stopped transaction is not stopped again, but one that was stopped with the recorded id is", () => {
    const lines = [start, started, '1> [2,"2","StopTransaction",{"transactionId":7,"meterStop":5}]'];
    const { closing, send, answer } = story(lines);
    send(0);
    answer(0, '[3,"1",{"transactionId":8}]');
    send(1);
    expect(closing.messages([1])).toEqual([]);
    const late = story(lines);
    late.send(0);
    late.send(1);
    late.answer(0, '[3,"1",{"transactionId":8}]');
    expect(late.closing.messages([1])).toHaveLength(1);
  });

  test("a transaction that cannot be stopped is listed, unless it is to stay open", () => {
    const unanswered = story([start, started]);
    unanswered.send(0);
    expect(unanswered.closing.messages([1])).toEqual([]);
    expect(unanswered.closing.left).toEqual(["a transaction of connector 1 of unknown id"]);
    const left = story([start, started], "ocpp1.6", { leaveOpen: true });
    left.send(0);
    left.answer(0, '[3,"1",{"transactionId":8}]');
    expect([left.closing.messages([1]), left.closing.left]).toEqual([[], []]);
  });
});

test("in 2.x a TransactionEvent with the next number stops an open transaction", () => {
  const event = (type: string, seqNo: number): string =>
    `1> [2,"${type}","TransactionEvent",{"eventType":"${type}","timestamp":"2026-01-01T00:00:0${seqNo}Z","seqNo":${seqNo},"evse":{"id":2},"transactionInfo":{"transactionId":"t"}}]`;
  const lines = [event("Started", 0), event("Updated", 1), event("Ended", 2)];
  const { closing, send } = story(lines, "ocpp2.0.1");
  send(0);
  send(1);
  const [message] = closing.messages([1]);
  expect(message?.text).toBe(
    `[2,"${message?.id}","TransactionEvent",{"eventType":"Ended","timestamp":"2026-01-01T00:00:01Z","triggerReason":"AbnormalCondition","seqNo":2,"transactionInfo":{"transactionId":"t","stoppedReason":"Other"}}]`,
  );
  expect(closing.giveUp()).toBe(1);
  const whole = story(lines, "ocpp2.0.1");
  for (const call of [0, 1, 2]) whole.send(call);
  expect(whole.closing.messages([1])).toEqual([]);
});
