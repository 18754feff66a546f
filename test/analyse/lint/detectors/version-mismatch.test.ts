import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, Story } from "../../../support/cassettes/story.js";

const boot2x = { reason: "PowerUp", chargingStation: { model: "M", vendorName: "V" } };

describe("messages of another version", () => {
  test("a 2.x boot on a 1.6 connection is one finding, without findings of the schema", () => {
    expect(new Story().call(1, "BootNotification", boot2x, bootAnswer()).codes()).toEqual([
      "defect version-mismatch",
    ]);
  });

  test("a 1.6 boot on a 2.0.1 connection is a finding", () => {
    const story = new Story({ subprotocol: "ocpp2.0.1" });
    expect(story.call(1, "BootNotification", boot16, bootAnswer()).codes()).toEqual([
      "defect version-mismatch",
    ]);
  });

  test("an action that only another version has is a finding", () => {
    const story = new Story().call(2, "TransactionEvent", { eventType: "Started" }, {});
    expect(story.codes()).toEqual(["defect version-mismatch"]);
  });

  test("messages of the negotiated version, or without a negotiated version, are not findings", () => {
    expect(new Story().call(1, "BootNotification", boot16, bootAnswer()).codes()).toEqual([]);
    const unagreed = new Story({ subprotocol: null }).call(1, "BootNotification", boot2x, bootAnswer());
    expect(unagreed.codes()).toEqual([]);
  });

  test("another version is not a finding if the handshake is unknown", () => {
    const story = new Story({ capture: "messages", unknown: ["handshake"] });
    expect(story.call(1, "BootNotification", boot2x, bootAnswer()).codes()).toEqual([]);
  });
});
