import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const available = status16("Available");

describe("requests before an accepted boot", () => {
  test("a request after a boot answered Pending is a defect", () => {
    const story = new Story().call(1, "BootNotification", boot16, bootAnswer(1, "Pending"));
    expect(story.call(5, "StatusNotification", available, {}).codes()).toEqual([
      "event boot-not-accepted",
      "defect call-before-boot",
    ]);
  });

  test("a request while the boot has no answer is a defect, and a smell right after the boot", () => {
    const open = (): Story => new Story().call(1, "BootNotification", boot16, bootAnswer(1), { after: 9 });
    expect(open().call(5, "StatusNotification", available, {}).codes()).toEqual(["defect call-before-boot"]);
    expect(open().call(2, "StatusNotification", available, {}).codes()).toEqual([
      "smell call-pipelined-after-boot",
    ]);
  });

  test("a request that the CSMS asked for, or that was on its way, is not a finding", () => {
    const pending = (): Story => new Story().call(1, "BootNotification", boot16, bootAnswer(1, "Pending"));
    const asked = pending()
      .ask(3, "TriggerMessage", { requestedMessage: "StatusNotification" }, { status: "Accepted" })
      .call(4, "StatusNotification", available, {});
    expect(asked.codes()).toEqual(["event boot-not-accepted"]);
    expect(pending().call(1.6, "StatusNotification", available, {}).codes()).toEqual([
      "event boot-not-accepted",
    ]);
  });

  test("a request after an accepted boot, or without any boot, is not a finding", () => {
    const story = new Story().call(1, "BootNotification", boot16, bootAnswer(1));
    expect(story.call(5, "StatusNotification", available, {}).codes()).toEqual([]);
    expect(new Story().call(5, "StatusNotification", available, {}).codes()).toEqual([]);
  });

  test("in a log without answers a request after a boot is not a finding", () => {
    const story = new Story({ capture: "messages" }).call(1, "BootNotification", boot16);
    expect(story.call(30, "StatusNotification", available).codes()).toEqual([]);
  });
});

describe("boots", () => {
  const bootAt = (story: Story, at: number, connection = 1): Story =>
    story.call(at, "BootNotification", boot16, bootAnswer(at), { connection });

  test("three boots in 10 minutes are a loop", () => {
    expect(bootAt(bootAt(bootAt(new Story(), 1), 100), 200).codes()).toEqual(["smell boot-loop"]);
  });

  test("boots after a reset, or further apart, are not a loop", () => {
    const story = bootAt(bootAt(new Story(), 1), 100).ask(
      150,
      "Reset",
      { type: "Soft" },
      { status: "Accepted" },
    );
    expect(bootAt(story, 200).codes()).toEqual([]);
    expect(bootAt(bootAt(bootAt(new Story(), 1), 400), 800).codes()).toEqual([]);
  });

  test("a boot after a mere reconnect is an event", () => {
    const story = bootAt(new Story(), 1).close(50).open(60, 2);
    expect(bootAt(story, 61, 2).codes()).toEqual(["event boot-after-reconnect"]);
  });

  test("a boot that is not accepted is an event", () => {
    const refused = new Story().call(1, "BootNotification", boot16, {
      status: "Rejected",
      interval: 60,
      currentTime: clockTime(1),
    });
    expect(refused.codes()).toEqual(["event boot-not-accepted"]);
  });
});
