import { describe, expect, test } from "vitest";
import { slowActions } from "../../../../src/analyse/history/slow-actions.js";
import { clockTime, Story } from "../../../support/cassettes/story.js";

const beat = (seconds: number): Record<string, unknown> => ({ currentTime: clockTime(seconds) });

describe("requests without an answer", () => {
  test("are found when the connection lives for more than 60 s", () => {
    expect(new Story().call(10, "Heartbeat").call(80, "Heartbeat", {}, beat(80)).codes()).toEqual([
      "defect unresponsive-csms",
    ]);
  });

  test("are charged to the charger where the CSMS asked", () => {
    const [found] = new Story().ask(10, "ClearCache").close(80).findings();
    expect(found).toMatchObject({ code: "unresponsive-station", class: "defect", by: "charger" });
  });

  test("are an event where the recording ends early and a later one was answered", () => {
    const story = new Story().call(1, "DataTransfer", { vendorId: "v" }).call(5, "Heartbeat", {}, beat(5));
    expect(story.codes()).toContain("event unresponsive-csms");
  });

  test("are not found where the recording or the connection ends first", () => {
    expect(new Story().call(10, "Heartbeat").codes()).toEqual([]);
    expect(new Story().call(10, "Heartbeat").close(30).open(100, 2).codes()).toEqual([]);
  });

  test("are not found where the answer may take its time", () => {
    for (const action of slowActions)
      expect(new Story().ask(10, action).close(200).codes()).not.toContain("defect unresponsive-station");
  });

  test("are not found where a message that could not be read may have been the answer", () => {
    const story = new Story().call(10, "Heartbeat").text(11, "csms-to-cp", "{broken").close(200);
    expect(story.codes()).toEqual(["defect no-array", "defect json-broken"]);
  });

  test("are not found across a gap, nor where a rule lost something", () => {
    expect(new Story().call(10, "Heartbeat").gap(11).close(200).codes()).toEqual([]);
    expect(new Story().call(10, "Heartbeat").decision(11).close(200).codes()).toEqual([]);
  });

  test("are a smell in a log, and only where it shows that answers were logged", () => {
    const log = { capture: "messages" } as const;
    expect(new Story(log).call(10, "Heartbeat").call(80, "Heartbeat").codes()).toEqual([]);
    const shown = new Story(log).call(10, "Heartbeat").call(80, "Heartbeat", {}, beat(80));
    expect(shown.codes()).toEqual(["smell unresponsive-csms"]);
    const timeless = new Story({ ...log, hasTimes: false })
      .call(10, "Heartbeat")
      .call(80, "Heartbeat", {}, beat(80));
    expect(timeless.codes()).toEqual([]);
  });
});
