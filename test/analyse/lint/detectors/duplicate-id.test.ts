import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const beat = { currentTime: clockTime(0) };
const id = "1000001";

describe("ids that are used twice", () => {
  test("an id used twice on one connection is a defect", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { id });
    expect(story.call(9, "StatusNotification", status16("Available"), {}, { id }).codes()).toEqual([
      "defect duplicate-id",
    ]);
  });

  test("an id used twice on different connections is a smell", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { id }).close(6).open(7, 2);
    expect(
      story.call(9, "StatusNotification", status16("Available"), {}, { id, connection: 2 }).codes(),
    ).toEqual(["smell duplicate-id-across-connections"]);
  });

  test("the same request with the same id is a retry", () => {
    const story = new Story().call(5, "DataTransfer", { vendorId: "v" }, undefined, { id });
    expect(story.call(50, "DataTransfer", { vendorId: "v" }, { status: "Accepted" }, { id }).codes()).toEqual(
      ["event retry"],
    );
  });

  test("in a log an id used twice is a smell if a boot or a long time lies between", () => {
    const log = { capture: "messages" } as const;
    const restarted = new Story(log)
      .call(5, "Heartbeat", {}, beat, { id })
      .call(8, "BootNotification", boot16, bootAnswer(8))
      .call(9, "StatusNotification", status16("Available"), {}, { id });
    expect(restarted.codes()).toEqual(["smell duplicate-id-across-connections"]);
    const near = new Story(log).call(5, "Heartbeat", {}, beat, { id });
    expect(near.call(9, "StatusNotification", status16("Available"), {}, { id }).codes()).toEqual([
      "defect duplicate-id",
    ]);
  });

  test("both sides may use the same id", () => {
    const story = new Story().call(5, "Heartbeat", {}, beat, { id });
    expect(story.ask(9, "ClearCache", {}, { status: "Accepted" }, { id }).codes()).toEqual([]);
  });
});
