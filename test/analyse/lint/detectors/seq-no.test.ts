import { describe, expect, test } from "vitest";
import { clockTime, Story, type StoryOptions } from "../../../support/cassettes/story.js";

const session = (numbers: readonly number[], options: StoryOptions = {}, until = 700): readonly string[] => {
  const story = new Story({ subprotocol: "ocpp2.0.1", ...options });
  for (const [i, seqNo] of numbers.entries()) {
    const at = 10 + i * 100;
    const eventType = i === 0 ? "Started" : i === numbers.length - 1 ? "Ended" : "Updated";
    const shared = { eventType, seqNo, timestamp: clockTime(at), triggerReason: "MeterValuePeriodic" };
    story.call(at, "TransactionEvent", { ...shared, transactionInfo: { transactionId: "t" } }, {});
  }
  return story.call(until, "Heartbeat", {}, { currentTime: clockTime(until) }).codes();
};

describe("sequence numbers", () => {
  test("a seqNo that never arrives is a defect", () => {
    expect(session([0, 1, 3, 4])).toEqual(["defect seq-no-missing"]);
  });

  test("a missing seqNo is a smell in a log", () => {
    expect(session([0, 1, 3, 4], { capture: "messages" })).toEqual(["smell seq-no-missing"]);
  });

  test("complete numbers in any order and from any first number are not findings", () => {
    expect(session([266, 267, 268])).toEqual([]);
    expect(session([0, 2, 1, 3])).toEqual([]);
  });

  test("numbers are not judged within 60 s or across a gap", () => {
    expect(session([0, 1, 3, 4], {}, 340)).toEqual([]);
    const gapped = new Story({ subprotocol: "ocpp2.0.1" }).gap(15);
    expect(gapped.codes()).toEqual([]);
  });
});
