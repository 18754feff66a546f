import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const beats = (story: Story, ...times: readonly number[]): Story => {
  for (const at of times) story.call(at, "Heartbeat", {}, { currentTime: clockTime(at) });
  return story;
};

const booted = (interval = 300): Story =>
  new Story().call(1, "BootNotification", boot16, bootAnswer(1, "Accepted", interval));

describe("Heartbeats out of their interval", () => {
  test("two gaps in a row that are too long or too short are a smell", () => {
    expect(beats(booted(), 300, 900, 1500).codes()).toEqual(["smell heartbeat-irregular"]);
    expect(beats(booted(), 300, 400, 500).codes()).toEqual(["smell heartbeat-irregular"]);
  });

  test("Heartbeats are compared with an interval that was changed later", () => {
    const story = booted().ask(
      2,
      "ChangeConfiguration",
      { key: "HeartbeatInterval", value: "60" },
      { status: "Accepted" },
    );
    expect(beats(story, 300, 600, 900).codes()).toEqual(["smell heartbeat-irregular"]);
  });

  test("one gap, gaps as long as the interval, or an interval of 0 are not findings", () => {
    expect(beats(booted(), 300, 900, 1200).codes()).toEqual([]);
    expect(beats(booted(), 300, 600, 900).codes()).toEqual([]);
    expect(beats(booted(0), 300, 900, 1500).codes()).toEqual([]);
  });

  test("a gap with another request in it is not a finding", () => {
    const story = booted().call(600, "StatusNotification", status16("Available"), {});
    expect(beats(story, 300, 900, 1500).codes()).toEqual([]);
  });

  test("Heartbeats are not judged without an interval, without times, or across a gap", () => {
    expect(beats(new Story(), 300, 900, 1500).codes()).toEqual([]);
    const timeless = new Story({ hasTimes: false }).call(1, "BootNotification", boot16, bootAnswer(1));
    expect(beats(timeless, 300, 900, 1500).codes()).toEqual([]);
    expect(beats(booted().gap(1000), 300, 900, 1500).codes()).toEqual([]);
  });
});
