import { describe, expect, test } from "vitest";
import { clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const faulted = { ...status16("Faulted"), errorCode: "GroundFailure" };

describe("faults", () => {
  test("each fault of a connector is an event once", () => {
    const story = new Story()
      .call(5, "StatusNotification", faulted, {})
      .call(6, "StatusNotification", faulted, {});
    expect(story.findings()).toMatchObject([{ code: "connector-fault", class: "event", count: 1 }]);
  });

  test("a fault in 2.x is an event", () => {
    const status = { timestamp: clockTime(5), connectorStatus: "Faulted", evseId: 1, connectorId: 1 };
    const story = new Story({ subprotocol: "ocpp2.0.1" }).call(5, "StatusNotification", status, {});
    expect(story.codes()).toEqual(["event connector-fault"]);
  });

  test("other statuses are not faults", () => {
    expect(new Story().call(5, "StatusNotification", status16("Unavailable"), {}).codes()).toEqual([]);
  });
});
