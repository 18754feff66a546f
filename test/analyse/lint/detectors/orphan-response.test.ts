import { describe, expect, test } from "vitest";
import { clockTime, Story } from "../../../support/cassettes/story.js";

const beat = { currentTime: clockTime(0) };

describe("answers without a request", () => {
  test("an answer without a request is a defect", () => {
    const story = new Story().text(5, "csms-to-cp", JSON.stringify([3, "nobody", beat]));
    expect(story.codes()).toEqual(["defect orphan-response"]);
  });

  test("an answer without a request is a smell in a log", () => {
    const story = new Story({ capture: "messages" }).call(1, "Heartbeat", {}, beat);
    expect(story.text(5, "csms-to-cp", '[3,"nobody",{}]').codes()).toEqual(["smell orphan-response"]);
  });

  test("a second answer to a request is a finding", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { id: "a" });
    const [found] = story.text(6, "csms-to-cp", JSON.stringify([3, "a", beat])).findings();
    expect(found).toMatchObject({ code: "orphan-response", action: "Heartbeat" });
    expect(found?.message).toContain("answered before");
  });

  test("an answer to a request of an earlier connection is an event", () => {
    const story = new Story().call(5, "Heartbeat", {}, undefined, { id: "a" }).close(6).open(7, 2);
    expect(story.text(8, "csms-to-cp", JSON.stringify([3, "a", beat]), 2).codes()).toEqual([
      "event answer-after-reconnect",
    ]);
  });

  test("answers within the first second, or right after a gap, are not findings", () => {
    expect(new Story().text(0.5, "csms-to-cp", '[3,"nobody",{}]').codes()).toEqual([]);
    expect(new Story().gap(50).text(50.5, "csms-to-cp", '[3,"nobody",{}]').codes()).toEqual([]);
  });
});

describe("answers to another request", () => {
  test("an answer that is valid only for another open request is mixed up", () => {
    const story = new Story()
      .call(5, "Heartbeat", {}, undefined, { id: "a" })
      .call(
        5.1,
        "StatusNotification",
        { connectorId: 0, status: "Available", errorCode: "NoError" },
        undefined,
        { id: "b" },
      )
      .text(5.2, "csms-to-cp", JSON.stringify([3, "b", beat]));
    expect(story.codes()).toContain("defect answer-mixed-up");
  });

  test("an answer is not mixed up with a request that is too old", () => {
    const story = new Story()
      .call(5, "Heartbeat", {}, undefined, { id: "a" })
      .call(50, "StatusNotification", { connectorId: 0, status: "Available", errorCode: "NoError" }, beat);
    expect(story.codes()).not.toContain("defect answer-mixed-up");
  });

  test("answers in another order are not mixed up", () => {
    const story = new Story()
      .call(5, "Heartbeat", {}, undefined, { id: "a" })
      .call(
        5.1,
        "StatusNotification",
        { connectorId: 0, status: "Available", errorCode: "NoError" },
        {},
        { id: "b" },
      )
      .text(6, "csms-to-cp", JSON.stringify([3, "a", beat]));
    expect(story.codes()).not.toContain("defect answer-mixed-up");
  });
});
