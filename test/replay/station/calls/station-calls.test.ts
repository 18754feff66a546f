// The station's own CALLs and their answers.
import { expect, test } from "vitest";
import { compilePlan } from "../../../../src/replay/plan/compile-plan.js";
import type { CallStep } from "../../../../src/replay/plan/plan.js";
import { StationCalls } from "../../../../src/replay/station/calls/station-calls.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";
import { receivedAnswer } from "../../../support/worlds/received.js";

const plan = compilePlan(
  dialogueRecording([
    "1 dial",
    '1> [2,"a","Authorize",{}]',
    '1< [3,"a",{"idTagInfo":{"status":"Accepted"}}]',
    '1> [2,"b","Heartbeat",{}]',
    '1> [2,"c","StatusNotification",{}]',
  ]),
);
const step = (index: number): CallStep => plan.steps[index] as CallStep;
const sent = (): StationCalls => {
  const own = new StationCalls(plan);
  for (const index of [1, 2, 3]) own.sent(index, step(index));
  return own;
};
const answer = (own: StationCalls, text: string): string => {
  const { compared, awaited } = own.answer(receivedAnswer(text));
  return `${compared.result}${awaited ? " awaited" : ""}`;
};

test("only recorded answers are waited for", () => {
  const own = sent();
  expect(own.mustWait(step(2), false)).toBe(true);
  expect(own.mustWait(step(2), true)).toBe(false);
  expect(own.mustWait(step(3), false)).toBe(false);
  expect(own.isAwaiting(1)).toBe(true);
  expect(answer(own, '[3,"a",{"idTagInfo":{"status":"Accepted"}}]')).toBe("equal awaited");
  expect(own.isAwaiting(1)).toBe(false);
});

test("answers that the recording does not have are unexpected, except to Heartbeats", () => {
  const own = sent();
  expect(answer(own, '[3,"b",{}]')).toBe("ignorable");
  expect(answer(own, '[3,"c",{}]')).toBe("unexpected");
  expect(answer(own, '[3,"c",{}]')).toBe("unexpected");
});

test("an error instead of a result is different", () => {
  expect(answer(sent(), '[4,"a","InternalError","",{}]')).toBe("different awaited");
});

test("an answer after its timeout is still compared, and a lost one is missing", () => {
  const own = sent();
  expect(own.giveUp()).toBe(1);
  expect(answer(own, '[3,"a",{"idTagInfo":{"status":"Blocked"}}]')).toBe("different");
  expect(sent().dropConnection(1)).toMatchObject([{ result: "missing", action: "Authorize" }]);
});
test("an answer has its recorded and live latency and both texts of its exchange", () => {
  const own = new StationCalls(plan);
  own.sent(1, step(1), { atNs: 5_000_000, text: "sent now" });
  const text = '[3,"a",{"idTagInfo":{"status":"Accepted"}}]';
  const { compared } = own.answer(receivedAnswer(text, 1, 7_500_000));
  expect(compared.latencyMs).toEqual({ recorded: 1, live: 2.5 });
  expect(compared.exchange).toMatchObject({
    step: 1,
    liveAtNs: 5_000_000,
    recorded: { call: '[2,"a","Authorize",{}]', answer: text },
    live: { call: "sent now", answer: text },
  });
});

test("a CALL without a recorded and a live answer is reported as sent", () => {
  expect(sent().unanswered(1)).toMatchObject([
    { kind: "sent", action: "Heartbeat" },
    { kind: "sent", action: "StatusNotification" },
  ]);
});
