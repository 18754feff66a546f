import { describe, expect, test } from "vitest";
import { clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const beat = { currentTime: clockTime(0) };
const status2x = { timestamp: clockTime(6), connectorStatus: "Available", evseId: 1, connectorId: 1 };

describe("requests that overlap", () => {
  test("overlapping requests are a smell in 1.6", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { after: 3 });
    expect(story.call(6, "StatusNotification", status16("Available"), {}).codes()).toEqual([
      "smell calls-overlap",
    ]);
  });

  test("overlapping requests are a defect in 2.x", () => {
    const story = new Story({ subprotocol: "ocpp2.0.1" }).call(5, "Heartbeat", {}, beat, { after: 3 });
    expect(story.call(6, "StatusNotification", status2x, {}).codes()).toEqual(["defect calls-overlap"]);
  });

  test("a request after the timeout of the first one does not overlap", () => {
    const story = new Story().call(5, "Heartbeat").call(36, "Heartbeat", {}, beat);
    expect(story.codes()).not.toContain("smell calls-overlap");
    expect(story.codes({ callTimeoutMs: 60_000 })).toContain("smell calls-overlap");
  });

  test("requests of the two sides do not overlap", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { after: 3 });
    expect(story.ask(6, "ClearCache", {}, { status: "Accepted" }).codes()).toEqual([]);
  });

  test("in a log requests overlap only if the answer follows", () => {
    const log = { capture: "messages", subprotocol: "ocpp2.0.1" } as const;
    const lost = new Story(log).call(5, "Heartbeat").call(15, "Heartbeat", {}, beat);
    expect(lost.codes()).not.toContain("defect calls-overlap");
    const late = new Story(log)
      .call(5, "Heartbeat", {}, beat, { after: 9 })
      .call(6, "StatusNotification", status2x, {});
    expect(late.codes()).toEqual(["defect calls-overlap"]);
  });

  test("a SEND does not overlap", () => {
    const stream = { id: 1, pending: 0, basetime: clockTime(0), data: [{ t: 0, v: "1" }] };
    const story = new Story({ subprotocol: "ocpp2.1" })
      .call(5, "Heartbeat", {}, beat, { after: 3 })
      .text(6, "cp-to-csms", JSON.stringify([6, "s", "NotifyPeriodicEventStream", stream]));
    expect(story.codes()).toEqual([]);
  });
});
