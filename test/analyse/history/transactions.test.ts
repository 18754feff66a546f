import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../../../src/analyse/history/events.js";
import { History } from "../../../src/analyse/history/history.js";
import { TransactionTracker } from "../../../src/analyse/history/transactions.js";
import {
  authorised,
  clockTime,
  energy,
  meter16,
  Story,
  start16,
  startAnswer,
  stop16,
} from "../../support/cassettes/story.js";

const eventsOf = (story: Story): readonly HistoryEvent[] => {
  const history = new History(undefined);
  const events = story.entries().flatMap((entry, i) => [...history.push(entry, i)]);
  return events.filter(({ kind }) => ["started", "stopped", "samples"].includes(kind));
};

describe("the transaction tracker", () => {
  test("a 1.6 transaction has a start, readings and a stop under the id of the CSMS", () => {
    const events = eventsOf(
      authorised()
        .call(10, "StartTransaction", start16(10, 100), startAnswer(7))
        .call(60, "MeterValues", meter16(60, [energy(120)]), {})
        .call(90, "StopTransaction", stop16(90, 130), {}),
    );
    expect(events).toMatchObject([
      { kind: "started", transaction: { id: "7", connector: "1", meterStart: 100, isAccepted: true } },
      { kind: "samples", transaction: { id: "7" }, samples: [{ value: 120 }] },
      { kind: "stopped", id: "7", transaction: { id: "7" }, earlier: undefined },
    ]);
  });

  test("a 2.x transaction has a start, readings and a stop under the charger's id", () => {
    const event = (eventType: string, seqNo: number): Record<string, unknown> => ({
      eventType,
      seqNo,
      timestamp: clockTime(10),
      transactionInfo: { transactionId: "t" },
      evse: { id: 2 },
      meterValue: [{ timestamp: clockTime(10), sampledValue: [{ value: seqNo }] }],
    });
    const story = new Story({ subprotocol: "ocpp2.0.1" })
      .call(10, "TransactionEvent", event("Started", 0), {})
      .call(20, "TransactionEvent", event("Ended", 1), {});
    expect(eventsOf(story)).toMatchObject([
      { kind: "started", transaction: { id: "t", connector: "2" } },
      { kind: "samples", transaction: { id: "t" } },
      { kind: "samples", transaction: { id: "t" } },
      { kind: "stopped", id: "t" },
    ]);
  });

  test("a start names a transaction that still runs on the connector, a stop an earlier stop", () => {
    const events = eventsOf(
      authorised()
        .call(10, "StartTransaction", start16(10), startAnswer(7))
        .call(20, "StartTransaction", start16(20), startAnswer(8))
        .call(30, "StopTransaction", stop16(30, 0, 8), {})
        .call(40, "StopTransaction", stop16(40, 0, 8), {}),
    );
    expect(events[1]).toMatchObject({ kind: "started", stillRunning: { id: "7" } });
    expect(events[3]).toMatchObject({ kind: "stopped", earlier: { action: "StopTransaction" } });
  });

  test("an id of 0 or below makes no transaction", () => {
    expect(eventsOf(new Story().call(5, "StopTransaction", stop16(5, 0, -1), {}))).toEqual([]);
    expect(new TransactionTracker().running()).toEqual([]);
  });
});
