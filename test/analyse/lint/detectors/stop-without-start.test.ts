import { describe, expect, test } from "vitest";
import {
  boot16,
  bootAnswer,
  energy,
  meter16,
  Story,
  start16,
  startAnswer,
  status16,
  stop16,
} from "../../../support/cassettes/story.js";

const booted = (): Story =>
  new Story()
    .call(1, "BootNotification", boot16, bootAnswer(1))
    .call(2, "StatusNotification", status16("Available", 2), {});

describe("stops without a start", () => {
  test("a stop is an event if the recording began after the start", () => {
    expect(new Story().call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([
      "event stop-of-unknown-transaction",
    ]);
  });

  test("a stop is a defect if the connector was Available after a boot, before the first reading", () => {
    const story = booted()
      .call(300, "MeterValues", meter16(300, [energy(5)]), {})
      .call(600, "StopTransaction", stop16(600), {});
    expect(story.codes()).toEqual(["defect stop-without-start"]);
  });

  test("a stop without readings is a defect if all connectors were Available for a minute", () => {
    expect(booted().call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([
      "defect stop-without-start",
    ]);
    const afterPowerLoss = { ...stop16(600), reason: "PowerLoss" };
    expect(booted().call(600, "StopTransaction", afterPowerLoss, {}).codes()).not.toContain(
      "defect stop-without-start",
    );
    expect(booted().call(30, "StopTransaction", stop16(30), {}).codes()).toEqual([
      "event stop-of-unknown-transaction",
    ]);
  });

  test("a stop of a transaction older than the boot is an event", () => {
    const story = booted()
      .call(3, "MeterValues", meter16(-300, [energy(5)]), {})
      .call(4, "StopTransaction", stop16(-100), {});
    expect(story.codes()).toEqual(["event stop-of-unknown-transaction"]);
  });

  test("a stop is a defect if the start of its connector had no answer, except in a log without answers", () => {
    const story = (capture: "wire" | "messages", answer?: unknown): readonly string[] =>
      new Story({ capture })
        .call(20, "StartTransaction", start16(20))
        .call(300, "MeterValues", meter16(300, [energy(5)]), answer)
        .call(600, "StopTransaction", stop16(600), answer)
        .codes();
    expect(story("wire", {})).toContain("defect stop-without-start");
    expect(story("messages", {})).toContain("defect stop-without-start");
    expect(story("messages")).not.toContain("defect stop-without-start");
  });

  test("a stop with its start, or after a gap, is not a finding", () => {
    const healthy = booted()
      .call(10, "Authorize", { idTag: "TAG" }, { idTagInfo: { status: "Accepted" } })
      .call(20, "StartTransaction", start16(20), startAnswer())
      .call(600, "StopTransaction", stop16(600), {});
    expect(healthy.codes()).toEqual([]);
    expect(new Story().gap(5).call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([]);
  });
});
