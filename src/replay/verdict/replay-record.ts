// Everything that one replay had to tell, kept for those who write about it afterwards: what was compared, what was
// only sent, forks, notes, the outcome. Puts it into the order of the dialogue. Knows no format.

import type { Compared, Outcome, Sent, StationReport, Unmet } from "../protocol.js";

/** A moment after which the station of the recording would have behaved otherwise. */
export interface RecordedFork {
  readonly id: number;
  readonly what: string;
  readonly connection: number;
  /** The step whose answer it is. */
  readonly step: number;
}

/** A message of the record, and the fork that it is counted under. */
export type ReplayedMessage = (Compared | Sent) & { readonly fork?: number };

/** A run that was cut short has an outcome, too; one that never came about has none. */
export class ReplayRecord {
  readonly cassette: string;
  readonly identity: string;
  readonly csms: string;
  readonly messages: ReplayedMessage[] = [];
  readonly unmet: Unmet[] = [];
  readonly forks: RecordedFork[] = [];
  readonly notes: string[] = [];
  /** What the ids of the run depend on; undefined where none were made. */
  readonly made: { readonly seed: number; readonly run: number } | undefined;
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

  /** The messages as they came one after the other; what did not come stands where the recording has it. */
  inOrder(): readonly ReplayedMessage[] {
    const live = this.messages.filter((message) => liveAt(message) !== null);
    const lost = this.messages.filter((message) => liveAt(message) === null);
    live.sort((a, b) => (liveAt(a) ?? 0) - (liveAt(b) ?? 0));
    const behind = new Map<number, ReplayedMessage[]>();
    for (const message of lost) {
      const atNs = message.exchange?.recordedAtNs ?? null;
      const place = atNs === null ? live.length : placeOf(live, atNs);
      behind.set(place, [...(behind.get(place) ?? []), message]);
    }
    return [
      ...(behind.get(0) ?? []),
      ...live.flatMap((message, i) => [message, ...(behind.get(i + 1) ?? [])]),
    ];
  }
}

const liveAt = ({ exchange }: ReplayedMessage): number | null => exchange?.liveAtNs ?? null;

/** Behind how many of the live messages something stands that was recorded at this time. */
const placeOf = (live: readonly ReplayedMessage[], atNs: number): number =>
  live.findLastIndex(({ exchange }) => {
    const then = exchange?.recordedAtNs ?? null;
    return then !== null && then <= atNs;
  }) + 1;
