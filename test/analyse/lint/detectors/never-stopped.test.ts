import { describe, expect, test } from "vitest";
import {
  authorised,
  boot16,
  bootAnswer,
  clockTime,
  type Story,
  start16,
  startAnswer,
  status16,
  stop16,
} from "../../../support/cassettes/story.js";

const started = (): Story => authorised().call(10, "StartTransaction", start16(10), startAnswer());
const beat = (story: Story, at: number): Story =>
  story.call(at, "Heartbeat", {}, { currentTime: clockTime(at) });

describe("transactions without an end", () => {
  test("are an event where the recording ends", () => {
    expect(started().codes()).toEqual(["event station-offline"]);
  });

  test("are a defect where the connector is free again for more than 30 s", () => {
    const free = started().call(300, "StatusNotification", status16("Available", 300), {});
    expect(beat(free, 400).codes()).toEqual(["defect transaction-never-stopped"]);
    const short = started().call(300, "StatusNotification", status16("Available", 300), {});
    expect(beat(short, 320).codes()).toEqual(["event station-offline"]);
  });

  test("are a defect where the charger booted 10 minutes ago", () => {
    const booted = started().call(300, "BootNotification", boot16, bootAnswer(300));
    expect(beat(booted, 901).codes()).toContain("defect transaction-never-stopped");
  });

  test("are not found where the stop comes, even after the connector was free", () => {
    const late = started()
      .call(300, "StatusNotification", status16("Available", 300), {})
      .call(500, "StopTransaction", stop16(290), {});
    expect(beat(late, 600).codes()).toEqual([]);
  });

  test("are not found where the CSMS refused them, nor across a gap", () => {
    const refused = authorised().call(10, "StartTransaction", start16(10), startAnswer(7, "Invalid"));
    expect(refused.codes()).toEqual(["event failed-auth"]);
    expect(started().gap(100).codes()).toEqual([]);
  });
});
