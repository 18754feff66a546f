import { describe, expect, test } from "vitest";
import { slowActions } from "../../../../src/analyse/history/slow-actions.js";
import { clockTime, Story } from "../../../support/cassettes/story.js";

const beat = (seconds: number): Record<string, unknown> => ({ currentTime: clockTime(seconds) });

describe("requests without an answer", () => {
  test("a request without an answer for more than 60 s of the connection is a defect", () => {
    expect(new Story().call(10, "Heartbeat").call(80, "Heartbeat", {}, beat(80)).codes()).toEqual([
      "defect unresponsive-csms",
    ]);
  });

  test("a request of the CSMS without an answer is the charger's finding", () => {
    const [found] = new Story().ask(10, "ClearCache").close(80).findings();
    expect(found).toMatchObject({ code: "unresponsive-station", class: "defect", by: "charger" });
  });

  test("a request without an answer is an event if the recording ends early and a later one was answered", () => {
    const story = new Story().call(1, "DataTransfer", { vendorId: "v" }).call(5, "Heartbeat", {}, beat(5));
    expect(story.codes()).toContain("event unresponsive-csms");
  });

  test("a request without an answer is not a finding if the recording or the connection ends first", () => {
    expect(new Story().call(10, "Heartbeat").codes()).toEqual([]);
    expect(new Story().call(10, "Heartbeat").close(30).open(100, 2).codes()).toEqual([]);
  });

  test("a slow action without an answer is not a finding", () => {
    for (const action of slowActions)
      expect(new Story().ask(10, action).close(200).codes()).not.toContain("defect unresponsive-station");
  });

  test("an unreadable message may have been the answer, so it is not a finding", () => {
    const story = new Story().call(10, "Heartbeat").text(11, "csms-to-cp", "{broken").close(200);
    expect(story.codes()).toEqual(["defect no-array", "defect json-broken"]);
  });

  test("a missing answer is not a finding across a gap or after a rule lost a message", () => {
    expect(new Story().call(10, "Heartbeat").gap(11).close(200).codes()).toEqual([]);
    expect(new Story().call(10, "Heartbeat").decision(11).close(200).codes()).toEqual([]);
  });

  test("a missing answer is a smell in a log, if a later answer shows that it contains answers", () => {
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
