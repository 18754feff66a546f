import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, Story } from "../../../support/cassettes/story.js";

const boot2x = { reason: "PowerUp", chargingStation: { model: "M", vendorName: "V" } };

describe("messages of another version", () => {
  test("are found: a boot in the form of 2.x under 1.6, told once and not as breaches of the schema", () => {
    expect(new Story().call(1, "BootNotification", boot2x, bootAnswer()).codes()).toEqual([
      "defect version-mismatch",
    ]);
  });

  test("are found: a boot in the form of 1.6 under 2.0.1", () => {
    const story = new Story({ subprotocol: "ocpp2.0.1" });
    expect(story.call(1, "BootNotification", boot16, bootAnswer()).codes()).toEqual([
      "defect version-mismatch",
    ]);
  });

  test("are found: an action that only the other version has", () => {
    const story = new Story().call(2, "TransactionEvent", { eventType: "Started" }, {});
    expect(story.codes()).toEqual(["defect version-mismatch"]);
  });

  test("are not found where the version is kept, or none was agreed on", () => {
    expect(new Story().call(1, "BootNotification", boot16, bootAnswer()).codes()).toEqual([]);
    const unagreed = new Story({ subprotocol: null }).call(1, "BootNotification", boot2x, bootAnswer());
    expect(unagreed.codes()).toEqual([]);
  });

  test("are not found where the source of the recording never saw what was agreed", () => {
    const story = new Story({ capture: "messages", unknown: ["handshake"] });
    expect(story.call(1, "BootNotification", boot2x, bootAnswer()).codes()).toEqual([]);
  });
});
