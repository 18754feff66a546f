import { describe, expect, test } from "vitest";
import { clockTime, Story } from "../../../support/cassettes/story.js";

const beat = { currentTime: clockTime(0) };

describe("late answers", () => {
  test("an answer of the CSMS after 10 s, or of the charger after 30 s, is a smell", () => {
    expect(new Story().call(5, "Heartbeat", {}, beat, { after: 11 }).codes()).toEqual([
      "smell slow-csms-response",
    ]);
    const story = new Story().ask(5, "ClearCache", {}, { status: "Accepted" }, { after: 31 });
    expect(story.codes()).toEqual(["smell slow-station-response"]);
  });

  test("an answer in time, or to an action that may be slow, is not a finding", () => {
    expect(new Story().call(5, "Heartbeat", {}, beat, { after: 9 }).codes()).toEqual([]);
    const unlock = new Story().ask(
      5,
      "UnlockConnector",
      { connectorId: 1 },
      { status: "Unlocked" },
      { after: 90 },
    );
    expect(unlock.codes()).toEqual([]);
  });

  test("answers without times are not judged", () => {
    expect(new Story({ hasTimes: false }).call(5, "Heartbeat", {}, beat, { after: 60 }).codes()).toEqual([]);
  });
});
