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
  test("are an event where the recording began later", () => {
    expect(new Story().call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([
      "event stop-of-unknown-transaction",
    ]);
  });

  test("are a defect where the connector was free after a boot, before the first reading", () => {
    const story = booted()
      .call(300, "MeterValues", meter16(300, [energy(5)]), {})
      .call(600, "StopTransaction", stop16(600), {});
    expect(story.codes()).toEqual(["defect stop-without-start"]);
  });

  test("are a defect without readings where all connectors were free a minute before", () => {
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

  test("are an event where the transaction is older than the boot", () => {
    const story = booted()
      .call(3, "MeterValues", meter16(-300, [energy(5)]), {})
      .call(4, "StopTransaction", stop16(-100), {});
    expect(story.codes()).toEqual(["event stop-of-unknown-transaction"]);
  });

  test("are a defect where the start of the connector was not answered, unless a log holds no answers", () => {
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

  test("are not found with a start, nor after a gap", () => {
    const healthy = booted()
      .call(10, "Authorize", { idTag: "TAG" }, { idTagInfo: { status: "Accepted" } })
      .call(20, "StartTransaction", start16(20), startAnswer())
      .call(600, "StopTransaction", stop16(600), {});
    expect(healthy.codes()).toEqual([]);
    expect(new Story().gap(5).call(600, "StopTransaction", stop16(600), {}).codes()).toEqual([]);
  });
});
