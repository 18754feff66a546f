// When a recording took place: by the clock of the recorder, else by the times in an imported log, else by the dates in the
// messages. A date far outside of this span is no reading of a clock.

import type { RecordedMessage } from "../../../analyse/messages/messages.js";
import { readInstant } from "../../../base/instant.js";
import type { Entry } from "../../../cassette/format/entry.js";
import { dateIn } from "./times.js";

/** A span of time, in milliseconds since 1970. */
export interface RecordedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const dayMs = 86_400_000;
const toleranceDays = 30;

/** Whether a date can be a reading of a clock during the recording. */
export function isPlausible(ms: number, span: RecordedSpan): boolean {
  return ms >= span.fromMs - toleranceDays * dayMs && ms <= span.toMs + toleranceDays * dayMs;
}

const spanOf = (instants: Iterable<number>): RecordedSpan | undefined => {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ms of instants) {
    from = Math.min(from, ms);
    to = Math.max(to, ms);
  }
  return from <= to ? { fromMs: from, toMs: to } : undefined;
};

const msOf = (text: string | undefined): number | undefined => {
  const instant = text === undefined ? undefined : readInstant(text);
  return instant?.dated === true ? Number(instant.ns / 1_000_000n) : undefined;
};

const earliestRecorder = msOf("2009-01-01T00:00:00Z") ?? 0;

const byClock = (entries: readonly Entry[]): RecordedSpan | undefined => {
  const session = entries.find((entry) => entry.kind === "session");
  const start = session?.capture === "wire" ? msOf(session.startedAt) : undefined;
  // A cassette whose beginning was lost starts in 1970.
  if (start === undefined || start < earliestRecorder) return undefined;
  let last = 0;
  for (const entry of entries)
    if (entry.kind === "frame" && entry.rx !== null) last = Math.max(last, entry.rx);
  return { fromMs: start, toMs: start + last / 1e6 };
};

const byLog = (entries: readonly Entry[]): RecordedSpan | undefined =>
  spanOf(
    entries.flatMap((entry) => {
      const ms = entry.kind === "frame" ? msOf(entry.loggedAt) : undefined;
      return ms === undefined ? [] : [ms];
    }),
  );

const quoted = /"(\d{4}-?\d\d-?\d\d[Tt ]\d\d:?\d\d:?\d\d[^"\\]{0,20})"/g;
const latestSensible = msOf("2100-01-01T00:00:00Z") ?? 0;

/** The span of the dates within a year of the median, so that a few dates of broken clocks do not count. */
const byMessages = (messages: readonly RecordedMessage[]): RecordedSpan | undefined => {
  const stated = messages.flatMap(({ direction, text }) => {
    if (direction !== "cp-to-csms" || text === undefined) return [];
    return [...text.matchAll(quoted)].flatMap(([, date = ""]) => {
      const ms = dateIn(date)?.ms;
      return ms === undefined || ms < earliestRecorder || ms > latestSensible ? [] : [ms];
    });
  });
  const middle = stated.sort((a, b) => a - b)[stated.length >> 1];
  if (middle === undefined) return undefined;
  return spanOf(stated.filter((ms) => Math.abs(ms - middle) <= 366 * dayMs));
};

/** When the recording took place; undefined where nothing shows it. */
export function recordedSpan(
  entries: readonly Entry[],
  messages: readonly RecordedMessage[],
): RecordedSpan | undefined {
  return byClock(entries) ?? byLog(entries) ?? byMessages(messages);
}
