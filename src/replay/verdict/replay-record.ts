// The reports of one replay, kept for the files that are written after it: what was compared, what was only sent, forks,
// notes, the outcome. Puts messages into the order of the dialogue.

import type { Compared, Outcome, Sent, StationReport, Unmet } from "../protocol.js";

/** A fork of the replay. */
export interface RecordedFork {
  readonly id: number;
  readonly what: string;
  readonly connection: number;
  /** The step whose answer it is. */
  readonly step: number;
}

/** A message of the replay, and the fork that it depends on. */
export type ReplayedMessage = (Compared | Sent) & { readonly fork?: number };

/** The record of one replay. */
export class ReplayRecord {
  readonly cassette: string;
  readonly identity: string;
  readonly csms: string;
  readonly messages: ReplayedMessage[] = [];
  readonly unmet: Unmet[] = [];
  readonly forks: RecordedFork[] = [];
  readonly notes: string[] = [];
  /** The seed and run number that ids were made from; undefined where none were made. */
  readonly made: { readonly seed: number; readonly run: number } | undefined;
  /** Undefined for a replay that could not start; an interrupted replay has one. */
  outcome: Outcome | undefined;
  /** Why there is no outcome. */
  error: string | undefined;

  constructor(cassette: string, identity: string, csms: string, made?: ReplayRecord["made"]) {
    this.cassette = cassette;
    this.identity = identity;
    this.csms = csms;
    this.made = made;
  }

  /** Keeps a report. */
  take(report: StationReport): void {
    switch (report.kind) {
      case "compared":
      case "sent":
        this.messages.push(report);
        return;
      case "unmet":
        this.unmet.push(report);
        return;
      case "fork":
        this.forks.push(report);
        return;
      case "note":
        this.notes.push(report.message);
        return;
      default:
        return;
    }
  }

  /** The messages in the order of the run; a missing one is where the recording has it. */
  inOrder(): readonly ReplayedMessage[] {
    const live = this.messages.filter((message) => liveAt(message) !== null);
    const lost = this.messages.filter((message) => liveAt(message) === null);
    live.sort((a, b) => (liveAt(a) ?? 0) - (liveAt(b) ?? 0));
    const after = new Map<number, ReplayedMessage[]>();
    for (const message of lost) {
      const atNs = message.exchange?.recordedAtNs ?? null;
      const place = atNs === null ? live.length : placeOf(live, atNs);
      after.set(place, [...(after.get(place) ?? []), message]);
    }
    return [...(after.get(0) ?? []), ...live.flatMap((message, i) => [message, ...(after.get(i + 1) ?? [])])];
  }
}

const liveAt = ({ exchange }: ReplayedMessage): number | null => exchange?.liveAtNs ?? null;

/** After how many of the live messages something belongs that was recorded at this time. */
const placeOf = (live: readonly ReplayedMessage[], atNs: number): number =>
  live.findLastIndex(({ exchange }) => {
    const then = exchange?.recordedAtNs ?? null;
    return then !== null && then <= atNs;
  }) + 1;
