import { describe, expect, test } from "vitest";
import { clockTime, Story } from "../../../support/cassettes/story.js";

const beat = { currentTime: clockTime(0) };

describe("answers without a request", () => {
  test("are found", () => {
    const story = new Story().text(5, "csms-to-cp", JSON.stringify([3, "nobody", beat]));
    expect(story.codes()).toEqual(["defect orphan-response"]);
  });

  test("are a smell in a log, which may have begun later", () => {
    const story = new Story({ capture: "messages" }).call(1, "Heartbeat", {}, beat);
    expect(story.text(5, "csms-to-cp", '[3,"nobody",{}]').codes()).toEqual(["smell orphan-response"]);
  });

  test("are found when they come twice", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { id: "a" });
    const [found] = story.text(6, "csms-to-cp", JSON.stringify([3, "a", beat])).findings();
    expect(found).toMatchObject({ code: "orphan-response", action: "Heartbeat" });
    expect(found?.message).toContain("answered before");
  });

  test("are an event where the request was one of an earlier connection", () => {
    const story = new Story().call(5, "Heartbeat", {}, undefined, { id: "a" }).close(6).open(7, 2);
    expect(story.text(8, "csms-to-cp", JSON.stringify([3, "a", beat]), 2).codes()).toEqual([
      "event answer-after-reconnect",
    ]);
  });

  test("are not found within the first second, nor right after a gap", () => {
    expect(new Story().text(0.5, "csms-to-cp", '[3,"nobody",{}]').codes()).toEqual([]);
    expect(new Story().gap(50).text(50.5, "csms-to-cp", '[3,"nobody",{}]').codes()).toEqual([]);
  });
});

describe("answers to another request", () => {
  test("are found where they fit another open one", () => {
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

  test("are not found where the other request is long past its time", () => {
    const story = new Story()
      .call(5, "Heartbeat", {}, undefined, { id: "a" })
      .call(50, "StatusNotification", { connectorId: 0, status: "Available", errorCode: "NoError" }, beat);
    expect(story.codes()).not.toContain("defect answer-mixed-up");
  });

  test("are not found where answers merely come in another order", () => {
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
