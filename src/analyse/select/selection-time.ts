// Moments as a person writes them -> spans of a recording's own time. A time of day is the first one that the recording
// reaches; of a log that told times of day only, it is the log's.

import { readInstant } from "../../base/instant.js";
import type { Entry } from "../../cassette/format/entry.js";
import { entryTimeNs } from "../messages/entry-time.js";

/** A moment: nanoseconds from the start of the recording, on the wall clock, or since midnight. */
export type SelectionTime =
  | { readonly kind: "from-start"; readonly ns: number }
  | { readonly kind: "wall"; readonly ns: bigint }
  | { readonly kind: "time-of-day"; readonly ns: number };

/** From one instant of a recording to another, both included. */
export interface TimeSpan {
  readonly fromNs: number;
  readonly toNs: number;
}

/** What is wanted in time. */
export interface TimeFilter {
  readonly from: SelectionTime | undefined;
  readonly to: SelectionTime | undefined;
  readonly around: readonly string[];
  readonly spanNs: number;
}

const dayNs = 86_400e9;

const inDay = (ns: number): number => ((ns % dayNs) + dayNs) % dayNs;

/** The time of day at the zero of the recording's times. */
const zeroOfDay = (entries: readonly Entry[], startNs: bigint): number => {
  for (const entry of entries) {
    if (entry.kind !== "frame" || entry.rx === null || entry.loggedAt === undefined) continue;
    const told = readInstant(entry.loggedAt);
    if (told !== undefined && !told.dated) return inDay(Number(told.ns) - entry.rx);
  }
  return Number(startNs % BigInt(dayNs));
};

const lastTime = (entries: readonly Entry[]): number =>
  entries.reduce((last, entry) => Math.max(last, entryTimeNs(entry) ?? 0), 0);

const instantOf = (moment: SelectionTime, entries: readonly Entry[]): number => {
  if (moment.kind === "from-start") return moment.ns;
  const session = entries.find((entry) => entry.kind === "session");
  const startNs = readInstant(session?.startedAt ?? "")?.ns ?? 0n;
  if (moment.kind === "wall") return Number(moment.ns - startNs);
  const next = inDay(moment.ns - zeroOfDay(entries, startNs));
  return next <= lastTime(entries) ? next : next - dayNs;
};

/** The end of a recording is before any moment after it; a time of day that it never reaches is its end. */
const endOf = (moment: SelectionTime, entries: readonly Entry[], from: number): number => {
  const at = instantOf(moment, entries);
  return moment.kind === "time-of-day" && at < from ? at + dayNs : at;
};

const around = (
  entries: readonly Entry[],
  { around: texts, spanNs }: TimeFilter,
  missing: string[],
): readonly TimeSpan[] => {
  const markers = entries.filter((entry) => entry.kind === "marker");
  return texts.flatMap((text) => {
    const found = markers.filter((marker) => isMarked(marker.text, text));
    if (found.length === 0) {
      const known = markers.slice(0, 10).map((marker) => `"${marker.text}"`);
      missing.push(`no marker says "${text}" (there are: ${known.join(", ") || "none"})`);
    }
    return found.map(({ at }) => ({ fromNs: at - spanNs, toNs: at + spanNs }));
  });
};

/** Whether a marker is the one that a text asks for: it says it, in whatever case. */
export function isMarked(marker: string, wanted: string): boolean {
  return marker.toLowerCase().includes(wanted.toLowerCase());
}

const overlap = (some: readonly TimeSpan[], { fromNs, toNs }: TimeSpan): readonly TimeSpan[] =>
  some
    .map((span) => ({ fromNs: Math.max(span.fromNs, fromNs), toNs: Math.min(span.toNs, toNs) }))
    .filter((span) => span.fromNs <= span.toNs);

/** The spans that are wanted of a recording; undefined: all of it. What is not there is told in `missing`. */
export function timeSpansOf(
  entries: readonly Entry[],
  wanted: TimeFilter,
  missing: string[],
): readonly TimeSpan[] | undefined {
  const { from, to } = wanted;
  const isBounded = from !== undefined || to !== undefined;
  const start = from === undefined ? Number.NEGATIVE_INFINITY : instantOf(from, entries);
  const end = to === undefined ? Number.POSITIVE_INFINITY : endOf(to, entries, start);
  const bounds = { fromNs: start, toNs: end };
  if (wanted.around.length === 0) return isBounded ? [bounds] : undefined;
  return overlap(around(entries, wanted, missing), bounds);
}
