import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const statuses = (story: Story, offset: number, from = 400): readonly string[] => {
  for (const i of [0, 1, 2]) {
    const at = from + i * 60;
    story.call(at, "StatusNotification", status16(i % 2 === 0 ? "Available" : "Preparing", at + offset), {});
  }
  return story.codes();
};

const booted = (): Story => new Story().call(1, "BootNotification", boot16, bootAnswer(1));

describe("the charger's clock", () => {
  test("a clock is wrong if it is more than 60 s ahead, or off by the same in three messages", () => {
    expect(statuses(booted(), 100)).toEqual(["smell clock-drift"]);
    expect(statuses(booted(), -700)).toEqual(["smell clock-drift"]);
  });

  test("local time marked as UTC is a smell", () => {
    expect(statuses(booted(), -3600)).toEqual(["smell local-time-as-utc"]);
    expect(statuses(booted(), 28_800)).toEqual(["smell local-time-as-utc"]);
  });

  test("a correct clock, or one within 5 minutes of connecting, is not a finding", () => {
    expect(statuses(booted(), 30)).toEqual([]);
    expect(statuses(booted(), -700, 60)).toEqual([]);
  });

  test("queued messages with old times do not show a wrong clock", () => {
    const story = booted();
    for (const [i, age] of [900, 500, 100].entries())
      story.call(
        400 + i,
        "StatusNotification",
        status16(i % 2 === 0 ? "Available" : "Preparing", 400 - age),
        {},
      );
    expect(story.codes()).toEqual([]);
  });

  test("a clock is not judged if the CSMS's clock jumps or no clock is known", () => {
    const jumpy = booted().call(50, "Heartbeat", {}, { currentTime: clockTime(50 - 43_200) });
    expect(statuses(jumpy, -43_200)).toEqual([]);
    expect(statuses(new Story({ capture: "messages" }), -3600)).toEqual([]);
  });

  test("without currentTime the recorder's clock is the reference, and the finding says so", () => {
    const story = new Story();
    statuses(story, 100);
    expect(story.findings()[0]?.message).toContain("the recorder (the CSMS sent no currentTime)");
  });

  test("a time of 1970 before the boot is an event", () => {
    const unset = { ...status16("Available"), timestamp: "1970-01-01T00:00:12Z" };
    expect(new Story().call(1, "StatusNotification", unset, {}).codes()).toEqual(["event clock-1970"]);
    expect(booted().call(5, "StatusNotification", unset, {}).codes()).toEqual([]);
  });
});
