import { describe, expect, test } from "vitest";
import { boot16, bootAnswer, Story, status16 } from "../../../support/cassettes/story.js";

const changes = (story: Story, ...statuses: readonly string[]): Story => {
  for (const [i, status] of statuses.entries())
    story.call(10 + i * 60, "StatusNotification", status16(status, 10 + i * 60), {});
  return story;
};

const violation = "smell status-transition-violation";

describe("steps of a status", () => {
  test.each([
    ["Available", "Finishing"],
    ["Unavailable", "Finishing"],
    ["Charging", "Reserved"],
    ["Preparing", "Reserved"],
  ])("the transition from %s to %s is a smell", (from, to) => {
    expect(changes(new Story(), from, to).codes()).toEqual([violation]);
  });

  test.each([
    ["Available", "Preparing", "Charging", "SuspendedEV", "Charging", "Finishing", "Available"],
    ["Available", "Charging", "Available"],
    ["Reserved", "Charging"],
    ["Finishing", "Charging"],
    ["Charging", "Preparing"],
    ["Preparing", "Unavailable"],
    ["Charging", "Charging"],
    ["Unavailable", "Charging"],
  ])(
    "a transition of the table, or one that skips a short state, is not a finding: %s to %s",
    (...statuses) => {
      expect(changes(new Story(), ...statuses).codes()).toEqual([]);
    },
  );

  test("a fault and its end are not judged as transitions", () => {
    expect(changes(new Story(), "Charging", "Faulted", "Finishing").codes()).toEqual([
      "event connector-fault",
    ]);
  });

  test("the first status after a boot, a reconnect, a trigger or a gap is not judged", () => {
    const between = (story: Story): readonly string[] => changes(story, "Available", "Finishing").codes();
    expect(between(new Story().call(30, "BootNotification", boot16, bootAnswer(30)))).toEqual([]);
    const trigger = { requestedMessage: "StatusNotification" };
    expect(between(new Story().ask(30, "TriggerMessage", trigger, { status: "Accepted" }))).toEqual([]);
    expect(between(new Story().gap(30))).toEqual([]);
    const late = new Story().call(10, "StatusNotification", status16("Available"), {}).close(20).open(30, 2);
    expect(late.call(40, "StatusNotification", status16("Finishing"), {}, { connection: 2 }).codes()).toEqual(
      [],
    );
  });

  test("no transition is judged once a minimum duration is configured", () => {
    const set = { key: "MinimumStatusDuration", value: "10" };
    const story = new Story().ask(5, "ChangeConfiguration", set, { status: "Accepted" });
    expect(changes(story, "Available", "Finishing").codes()).toEqual([]);
  });

  test("a status that connector 0 cannot have is a smell", () => {
    const story = new Story().call(5, "StatusNotification", status16("Charging", 5, 0), {});
    expect(story.codes()).toEqual(["smell status-connector-zero"]);
    expect(new Story().call(5, "StatusNotification", status16("Unavailable", 5, 0), {}).codes()).toEqual([]);
  });
});
