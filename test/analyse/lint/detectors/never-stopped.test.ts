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
  test("a transaction that runs at the end of the recording is an event", () => {
    expect(started().codes()).toEqual(["event station-offline"]);
  });

  test("a transaction without a stop is a defect 30 s after its connector became Available", () => {
    const free = started().call(300, "StatusNotification", status16("Available", 300), {});
    expect(beat(free, 400).codes()).toEqual(["defect transaction-never-stopped"]);
    const short = started().call(300, "StatusNotification", status16("Available", 300), {});
    expect(beat(short, 320).codes()).toEqual(["event station-offline"]);
  });

  test("a transaction without a stop is a defect 10 minutes after a boot", () => {
    const booted = started().call(300, "BootNotification", boot16, bootAnswer(300));
    expect(beat(booted, 901).codes()).toContain("defect transaction-never-stopped");
  });

  test("a stop after the connector became Available is not a finding", () => {
    const late = started()
      .call(300, "StatusNotification", status16("Available", 300), {})
      .call(500, "StopTransaction", stop16(290), {});
    expect(beat(late, 600).codes()).toEqual([]);
  });

  test("a refused transaction, or one before a gap, is not a finding", () => {
    const refused = authorised().call(10, "StartTransaction", start16(10), startAnswer(7, "Invalid"));
    expect(refused.codes()).toEqual(["event failed-auth"]);
    expect(started().gap(100).codes()).toEqual([]);
  });
});
