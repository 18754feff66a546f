// When a recording took place.
import { expect, test } from "vitest";
import { messagesOf } from "../../../../src/analyse/messages/messages.js";
import type { Entry } from "../../../../src/cassette/format/entry.js";
import {
  isPlausible,
  type RecordedSpan,
  recordedSpan,
} from "../../../../src/replay/plan/values/recorded-span.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";

const spanOf = (entries: readonly Entry[]): RecordedSpan | undefined =>
  recordedSpan(entries, messagesOf(entries));

const stated = (id: string, date: string): string =>
  `1> [2,"${id}","StatusNotification",{"timestamp":"${date}"}]`;

const recording = dialogueRecording([
  "1 dial",
  stated("1", "1970-01-01T00:00:00Z"),
  stated("2", "2024-06-01T10:00:00Z"),
  stated("3", "2024-06-02T10:00:00Z"),
  "@5000 1 close",
]);

const withoutTimes = recording.map((entry): Entry => {
  if (entry.kind === "session") return { ...entry, capture: "messages" };
  return entry.kind === "frame" ? { ...entry, rx: null } : entry;
});

test("a recording took place when the recorder's clock says", () => {
  const fromMs = Date.parse("2026-01-01T00:00:00Z");
  expect(spanOf(recording)).toEqual({ fromMs, toMs: fromMs + 5000 });
});

test("an import took place when its log says, else when the dates in its messages say", () => {
  const logged = withoutTimes.map(
    (entry, i): Entry => (entry.kind === "frame" ? { ...entry, loggedAt: `2025-03-0${i}T00:00:00Z` } : entry),
  );
  expect(spanOf(logged)).toEqual({
    fromMs: Date.parse("2025-03-02T00:00:00Z"),
    toMs: Date.parse("2025-03-05T00:00:00Z"),
  });
  expect(spanOf(withoutTimes)).toEqual({
    fromMs: Date.parse("2024-06-01T10:00:00Z"),
    toMs: Date.parse("2024-06-02T10:00:00Z"),
  });
  expect(spanOf([])).toBeUndefined();
});

test("dates within thirty days of the recording are plausible", () => {
  const span = { fromMs: 0, toMs: 86_400_000 };
  const days = (count: number): boolean => isPlausible(count * 86_400_000, span);
  expect([-31, -30, 0, 31, 32].map(days)).toEqual([false, true, true, true, false]);
});
