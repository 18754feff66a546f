import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, clockTime, Story, status16 } from "../../../support/cassettes/story.js";

const available = status16("Available");

describe("requests before an accepted boot", () => {
  test("are found after a boot answered Pending", () => {
    const story = new Story().call(1, "BootNotification", boot16, bootAnswer(1, "Pending"));
    expect(story.call(5, "StatusNotification", available, {}).codes()).toEqual([
      "event boot-not-accepted",
      "defect call-before-boot",
    ]);
  });

  test("are found while the boot is not answered, and a smell right behind it", () => {
    const open = (): Story => new Story().call(1, "BootNotification", boot16, bootAnswer(1), { after: 9 });
    expect(open().call(5, "StatusNotification", available, {}).codes()).toEqual(["defect call-before-boot"]);
    expect(open().call(2, "StatusNotification", available, {}).codes()).toEqual([
      "smell call-pipelined-after-boot",
    ]);
  });

  test("are not found where the CSMS asked for them, or they were on the way", () => {
    const pending = (): Story => new Story().call(1, "BootNotification", boot16, bootAnswer(1, "Pending"));
    const asked = pending()
      .ask(3, "TriggerMessage", { requestedMessage: "StatusNotification" }, { status: "Accepted" })
      .call(4, "StatusNotification", available, {});
    expect(asked.codes()).toEqual(["event boot-not-accepted"]);
    expect(pending().call(1.6, "StatusNotification", available, {}).codes()).toEqual([
      "event boot-not-accepted",
    ]);
  });

  test("are not found after an accepted boot, or where there is no boot at all", () => {
    const story = new Story().call(1, "BootNotification", boot16, bootAnswer(1));
    expect(story.call(5, "StatusNotification", available, {}).codes()).toEqual([]);
    expect(new Story().call(5, "StatusNotification", available, {}).codes()).toEqual([]);
  });

  test("are not found in a log that holds no answers", () => {
    const story = new Story({ capture: "messages" }).call(1, "BootNotification", boot16);
    expect(story.call(30, "StatusNotification", available).codes()).toEqual([]);
  });
});

describe("boots", () => {
  const bootAt = (story: Story, at: number, connection = 1): Story =>
    story.call(at, "BootNotification", boot16, bootAnswer(at), { connection });

  test("are found that come three times in 10 minutes", () => {
    expect(bootAt(bootAt(bootAt(new Story(), 1), 100), 200).codes()).toEqual(["smell boot-loop"]);
  });

  test("are not found in a loop where the CSMS reset the charger, or they lie apart", () => {
    const story = bootAt(bootAt(new Story(), 1), 100).ask(
      150,
      "Reset",
      { type: "Soft" },
      { status: "Accepted" },
    );
    expect(bootAt(story, 200).codes()).toEqual([]);
    expect(bootAt(bootAt(bootAt(new Story(), 1), 400), 800).codes()).toEqual([]);
  });

  test("are an event after a mere reconnect", () => {
    const story = bootAt(new Story(), 1).close(50).open(60, 2);
    expect(bootAt(story, 61, 2).codes()).toEqual(["event boot-after-reconnect"]);
  });

  test("are an event that are not accepted", () => {
    const refused = new Story().call(1, "BootNotification", boot16, {
      status: "Rejected",
      interval: 60,
      currentTime: clockTime(1),
    });
    expect(refused.codes()).toEqual(["event boot-not-accepted"]);
  });
});
