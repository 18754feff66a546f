import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../../../src/analyse/history/events.js";
import { History } from "../../../src/analyse/history/history.js";
import { anyEntry } from "../../support/cassettes/entries.js";
import { boot16, bootAnswer, Story } from "../../support/cassettes/story.js";

const eventsOf = (story: Story): readonly HistoryEvent[] => {
  const history = new History(undefined);
  return [...story.entries().flatMap((entry, i) => [...history.push(entry, i)]), ...history.end()];
};

describe("the history of a recording", () => {
  test("the history reports connections, messages and exchanges in order, with their times", () => {
    const events = eventsOf(new Story().call(1, "BootNotification", boot16, bootAnswer()).close(5));
    expect(events.map(({ kind, nowMs }) => `${kind} ${nowMs}`)).toEqual([
      "opened 0",
      "message 1000",
      "call 1000",
      "message 1100",
      "answer 1100",
      "closed 5000",
      "end 5000",
    ]);
  });

  test("the history gives an answer the action of its CALL", () => {
    const events = eventsOf(new Story().call(1, "BootNotification", boot16, bootAnswer()));
    const messages = events.filter((event) => event.kind === "message");
    expect(messages.map(({ action }) => action)).toEqual(["BootNotification", "BootNotification"]);
  });

  test("a broken answer with a readable id counts as the answer", () => {
    const story = new Story().call(1, "Heartbeat", {}, undefined, { id: "a" });
    const events = eventsOf(story.text(2, "csms-to-cp", '[3,"a",{"currentTime":'));
    expect(events.find((event) => event.kind === "answer")).toMatchObject({ answer: { kind: "unreadable" } });
  });

  test("a gap clears open CALLs and keeps the version", () => {
    const story = new Story({ subprotocol: "ocpp2.0.1" }).call(1, "Heartbeat", {}, undefined, { id: "a" });
    const events = eventsOf(story.gap(2).text(5, "csms-to-cp", '[3,"a",{}]'));
    const orphan = events.find((event) => event.kind === "orphan");
    expect(orphan).toMatchObject({
      connection: { version: "2.0.1", isFromStart: false },
      orphan: { open: [] },
    });
  });

  test("without a subprotocol the BootNotification shows the version", () => {
    const story = new Story({ subprotocol: null }).call(1, "BootNotification", { chargingStation: {} });
    const [, message] = eventsOf(story);
    expect(message).toMatchObject({ connection: { version: "2.0.1", hasSchemas: true } });
  });

  test("the history never throws, for any entries", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 20 }), (entries) => {
        const history = new History(undefined);
        for (const [i, entry] of entries.entries()) for (const event of history.push(entry, i)) void event;
        for (const event of history.end()) void event;
      }),
    );
  });
});
