import { describe, expect, test } from "vitest";
import { clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const faulted = { ...status16("Faulted"), errorCode: "GroundFailure" };

describe("faults", () => {
  test("are told, each once", () => {
    const story = new Story()
      .call(5, "StatusNotification", faulted, {})
      .call(6, "StatusNotification", faulted, {});
    expect(story.findings()).toMatchObject([{ code: "connector-fault", class: "event", count: 1 }]);
  });

  test("are told in 2.x", () => {
    const status = { timestamp: clockTime(5), connectorStatus: "Faulted", evseId: 1, connectorId: 1 };
    const story = new Story({ subprotocol: "ocpp2.0.1" }).call(5, "StatusNotification", status, {});
    expect(story.codes()).toEqual(["event connector-fault"]);
  });

  test("are not told of other statuses", () => {
    expect(new Story().call(5, "StatusNotification", status16("Unavailable"), {}).codes()).toEqual([]);
  });
});
