// What a recording contains, counted.

import type { Direction } from "../../base/direction.js";
import type { Entry, SessionEntry, Unknowable } from "../../cassette/format/entry.js";
import { unknownOf } from "../../cassette/source-capabilities.js";
import { messageTypes } from "../../ocpp/envelope/message-type.js";
import type { Inflate } from "./deflate.js";
import { entryTimeNs } from "./entry-time.js";
import { labelsOf, type MessageLabel } from "./labels.js";
import { messagesOf } from "./messages.js";

/** Messages of one direction, by type. */
export type TypeCounts = Readonly<Record<MessageLabel["type"], number>>;

/** What a recording contains. */
export interface RecordingSummary {
  readonly identity: string | null;
  readonly startedAt: string | null;
  /** Nanoseconds from the session's start to the last entry with a known time; null if no entry has one. */
  readonly durationNs: number | null;
  readonly capture: "wire" | "messages" | null;
  /** What the source of the recording could not know. */
  readonly unknown: readonly Unknowable[];
  readonly source: string | null;
  readonly tool: string | null;
  readonly csms: string | null;
  readonly seed: number | null;
  readonly connections: number;
  readonly subprotocols: readonly string[];
  readonly frames: Readonly<Record<Direction, number>>;
  readonly messages: Readonly<Record<Direction, TypeCounts>>;
  /** Number of entries by kind, for the kinds that occur. */
  readonly entries: Readonly<Partial<Record<Entry["kind"], number>>>;
}

const noMessages = (): Record<MessageLabel["type"], number> => {
  const zeros = Object.fromEntries(messageTypes.map((type) => [type, 0])) as Record<
    MessageLabel["type"],
    number
  >;
  return { ...zeros, unreadable: 0, control: 0 };
};

const countMessages = (
  entries: readonly Entry[],
  inflate: Inflate | undefined,
): RecordingSummary["messages"] => {
  const counts = { "cp-to-csms": noMessages(), "csms-to-cp": noMessages() };
  const messages = messagesOf(entries, inflate);
  for (const [i, { type }] of labelsOf(messages).entries())
    counts[messages[i]?.direction ?? "cp-to-csms"][type]++;
  return counts;
};

const durationOf = (entries: readonly Entry[]): number | null => {
  let duration: number | null = null;
  for (const entry of entries) {
    const ns = entry.kind === "session" ? null : entryTimeNs(entry);
    if (ns !== null) duration = Math.max(duration ?? 0, ns);
  }
  return duration;
};

const kindsOf = (entries: readonly Entry[]): RecordingSummary["entries"] => {
  const kinds: Partial<Record<Entry["kind"], number>> = {};
  for (const { kind } of entries) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
};

const framesOf = (entries: readonly Entry[]): RecordingSummary["frames"] => {
  const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  for (const entry of entries) if (entry.kind === "frame") frames[entry.direction]++;
  return frames;
};

const factsOf = (
  session: SessionEntry | undefined,
): Pick<RecordingSummary, "startedAt" | "capture" | "unknown" | "source" | "tool" | "csms" | "seed"> => {
  if (session === undefined)
    return { startedAt: null, capture: null, unknown: [], source: null, tool: null, csms: null, seed: null };
  const { startedAt, capture, source, tool, csms, seed } = session;
  return { startedAt, capture, unknown: unknownOf(session), source, tool, csms, seed };
};

/** The identity of the charge point; null if the recording has none. */
export function recordingIdentity(entries: readonly Entry[]): string | null {
  for (const entry of entries)
    if ((entry.kind === "session" || entry.kind === "connection-opened") && entry.identity !== null)
      return entry.identity;
  return null;
}

/** Counts what a recording contains. */
export function summaryOf(entries: readonly Entry[], inflate?: Inflate): RecordingSummary {
  const session = entries.find((entry) => entry.kind === "session");
  const opened = entries.filter((entry) => entry.kind === "connection-opened");
  return {
    identity: recordingIdentity(entries),
    ...factsOf(session),
    durationNs: durationOf(entries),
    connections: opened.length,
    subprotocols: [...new Set(opened.map(({ subprotocol }) => subprotocol ?? "none"))],
    frames: framesOf(entries),
    messages: countMessages(entries, inflate),
    entries: kindsOf(entries),
  };
}
