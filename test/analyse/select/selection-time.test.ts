// The times and markers of a selection as time spans.
import { describe, expect, test } from "vitest";
import {
  type SelectionTime,
  type TimeFilter,
  timeSpansOf,
} from "../../../src/analyse/select/selection-time.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { fromCharger } from "../../support/cassettes/entries.js";

const s = 1e9;
const none: TimeFilter = { from: undefined, to: undefined, around: [], spanNs: 60 * s };
const ofDay = (hours: number, minutes: number): SelectionTime => ({
  kind: "time-of-day",
  ns: (hours * 3600 + minutes * 60) * s,
});
/** Starts at midnight and lasts 30 hours. */
const long = dialogueRecording(["1 dial", '@108000000 1> [2,"1","Heartbeat",{}]']);
const spans = (entries: readonly Entry[], wanted: Partial<TimeFilter>): unknown =>
  timeSpansOf(entries, { ...none, ...wanted }, []);

describe("spansOf", () => {
  test("a selection without times has no time spans", () => {
    expect(spans(long, {})).toBeUndefined();
  });

  test("a time is counted from the start of the recording or by the session's clock", () => {
    const start = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
    expect(spans(long, { from: { kind: "from-start", ns: 90 * s } })).toEqual([
      { fromNs: 90 * s, toNs: Number.POSITIVE_INFINITY },
    ]);
    expect(spans(long, { to: { kind: "wall", ns: start + 5_000_000_000n } })).toEqual([
      { fromNs: Number.NEGATIVE_INFINITY, toNs: 5 * s },
    ]);
  });

  test("a time of day is the first one that the recording reaches, and the end is after the beginning", () => {
    expect(spans(long, { from: ofDay(23, 0), to: ofDay(1, 0) })).toEqual([
      { fromNs: 23 * 3600 * s, toNs: 25 * 3600 * s },
    ]);
  });

  test("a time of day before a short recording is before its beginning", () => {
    const late = [...long].map((entry) =>
      entry.kind === "session" ? { ...entry, startedAt: "2026-01-01T10:00:30.000Z" } : entry,
    );
    const short = late.map((entry) => (entry.kind === "frame" ? { ...entry, rx: 60 * s } : entry));
    expect(spans(short, { from: ofDay(10, 0), to: ofDay(10, 1) })).toEqual([
      { fromNs: -30 * s, toNs: 30 * s },
    ]);
  });

  test("a time of day is the log's time if the log has no dates", () => {
    const imported = [...dialogueRecording([]), fromCharger("[]", { rx: 10 * s, loggedAt: "08:00:10" })];
    expect(spans(imported, { from: ofDay(8, 0) })).toEqual([{ fromNs: 0, toNs: Number.POSITIVE_INFINITY }]);
  });

  test("the time around every marker with the text is selected, within the other bounds", () => {
    const marker = (at: number, text: string): Entry => ({ kind: "marker", at, text });
    const recording = [...long, marker(100 * s, "Gun stuck here"), marker(900 * s, "gun stuck again")];
    expect(spans(recording, { around: ["gun STUCK"] })).toEqual([
      { fromNs: 40 * s, toNs: 160 * s },
      { fromNs: 840 * s, toNs: 960 * s },
    ]);
    expect(spans(recording, { around: ["gun stuck"], from: { kind: "from-start", ns: 850 * s } })).toEqual([
      { fromNs: 850 * s, toNs: 960 * s },
    ]);
    const missing: string[] = [];
    expect(timeSpansOf(recording, { ...none, around: ["fire"] }, missing)).toEqual([]);
    expect(missing).toEqual([
      'no marker contains "fire"; the markers are: "Gun stuck here", "gun stuck again"',
    ]);
  });
});
