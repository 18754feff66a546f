// Turns the times of a selection into spans of the recording's time. A time of day means the first one that the recording
// reaches; for an imported log with times of day only, it is the log's time.

import { readInstant } from "../../base/instant.js";
import type { Entry } from "../../cassette/format/entry.js";
import { entryTimeNs } from "../messages/entry-time.js";

/** A time of a selection: nanoseconds since the start of the recording, since 1970, or since midnight. */
export type SelectionTime =
  | { readonly kind: "from-start"; readonly ns: number }
  | { readonly kind: "wall"; readonly ns: bigint }
  | { readonly kind: "time-of-day"; readonly ns: number };

/** A part of a recording in nanoseconds since the session's start; both ends are included. */
export interface TimeSpan {
  readonly fromNs: number;
  readonly toNs: number;
}

/** The times of a selection. */
export interface TimeFilter {
  readonly from: SelectionTime | undefined;
  readonly to: SelectionTime | undefined;
  /** Texts of markers, or parts of them. */
  readonly around: readonly string[];
  /** Nanoseconds before and after a marker. */
  readonly spanNs: number;
}

const dayNs = 86_400e9;

const inDay = (ns: number): number => ((ns % dayNs) + dayNs) % dayNs;

/** The time of day at the start of the recording, in nanoseconds since midnight. */
const startOfDayNs = (entries: readonly Entry[], startNs: bigint): number => {
  for (const entry of entries) {
    if (entry.kind !== "frame" || entry.rx === null || entry.loggedAt === undefined) continue;
    const logged = readInstant(entry.loggedAt);
    if (logged !== undefined && !logged.dated) return inDay(Number(logged.ns) - entry.rx);
  }
  return Number(startNs % BigInt(dayNs));
};

const lastTime = (entries: readonly Entry[]): number =>
  entries.reduce((last, entry) => Math.max(last, entryTimeNs(entry) ?? 0), 0);

/** The time in nanoseconds since the start of the recording. */
const sinceStartNs = (time: SelectionTime, entries: readonly Entry[]): number => {
  if (time.kind === "from-start") return time.ns;
  const session = entries.find((entry) => entry.kind === "session");
  const startNs = readInstant(session?.startedAt ?? "")?.ns ?? 0n;
  if (time.kind === "wall") return Number(time.ns - startNs);
  const next = inDay(time.ns - startOfDayNs(entries, startNs));
  return next <= lastTime(entries) ? next : next - dayNs;
};

/** The end of a span; a time of day that is before the beginning is that of the next day. */
const endOf = (time: SelectionTime, entries: readonly Entry[], fromNs: number): number => {
  const endNs = sinceStartNs(time, entries);
  return time.kind === "time-of-day" && endNs < fromNs ? endNs + dayNs : endNs;
};

const aroundMarkers = (
  entries: readonly Entry[],
  { around: texts, spanNs }: TimeFilter,
  missing: string[],
): readonly TimeSpan[] => {
  const markers = entries.filter((entry) => entry.kind === "marker");
  return texts.flatMap((text) => {
    const found = markers.filter((marker) => isMarked(marker.text, text));
    if (found.length === 0) {
      const known = markers.slice(0, 10).map((marker) => `"${marker.text}"`);
      missing.push(`no marker contains "${text}"; the markers are: ${known.join(", ") || "none"}`);
    }
    return found.map(({ at }) => ({ fromNs: at - spanNs, toNs: at + spanNs }));
  });
};

/** Whether a marker contains a text, in upper or lower case. */
export function isMarked(marker: string, wanted: string): boolean {
  return marker.toLowerCase().includes(wanted.toLowerCase());
}

const overlap = (some: readonly TimeSpan[], { fromNs, toNs }: TimeSpan): readonly TimeSpan[] =>
  some
    .map((span) => ({ fromNs: Math.max(span.fromNs, fromNs), toNs: Math.min(span.toNs, toNs) }))
    .filter((span) => span.fromNs <= span.toNs);

/** The selected spans of a recording; undefined: all of it. Adds a sentence to `missing` for each unknown marker. */
export function timeSpansOf(
  entries: readonly Entry[],
  wanted: TimeFilter,
  missing: string[],
): readonly TimeSpan[] | undefined {
  const { from, to } = wanted;
  const isBounded = from !== undefined || to !== undefined;
  const start = from === undefined ? Number.NEGATIVE_INFINITY : sinceStartNs(from, entries);
  const end = to === undefined ? Number.POSITIVE_INFINITY : endOf(to, entries, start);
  const bounds = { fromNs: start, toNs: end };
  if (wanted.around.length === 0) return isBounded ? [bounds] : undefined;
  return overlap(aroundMarkers(entries, wanted, missing), bounds);
}
