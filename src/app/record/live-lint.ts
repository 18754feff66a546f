// Lints a recording while it runs. Entries wait in a queue and are judged in small batches, so that judging does not delay
// the recorder. The queue is bounded: entries that do not fit are skipped, which is a gap, and nothing is judged across a
// gap.

import type { Finding } from "../../analyse/lint/findings.js";
import { Linter, lintDefaults } from "../../analyse/lint/lint.js";
import { entryTimeNs } from "../../analyse/messages/entry-time.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import { startTimer, type Timer } from "../../io/platform/timers.js";

/** The limits of the queue and of the batches. */
export interface LiveLimits {
  /** Entries that may wait. */
  readonly queue: number;
  /** Bytes that may wait. */
  readonly bytes: number;
  /** Largest entry that is judged, in bytes; a larger one is skipped, because it would take too long. */
  readonly entry: number;
  /** How many charge points are judged at the same time. */
  readonly identities: number;
  /** How long one batch may take, in milliseconds. */
  readonly batchMs: number;
  /** Pause between two batches, in milliseconds. */
  readonly restMs: number;
}

const usual: LiveLimits = {
  queue: 20_000,
  bytes: 64_000_000,
  entry: 1_000_000,
  identities: 500,
  batchMs: 5,
  restMs: 50,
};

interface Waiting {
  readonly identity: string;
  readonly entry: Entry;
  readonly position: number;
}

interface Judged {
  linter: Linter;
  /** Entries of this charge point so far. */
  position: number;
  /** Entries were skipped since the last one that was judged. */
  hasGap: boolean;
}

const bytesOf = (entry: Entry): number => ("raw" in entry ? entry.raw.length : 0) + 100;

/** Judges the entries of a running recording. */
export class LiveLint {
  private readonly judged = new Map<string, Judged>();
  private readonly onFinding: (finding: Finding, identity: string) => void;
  private readonly limits: LiveLimits;
  private queue: Waiting[] = [];
  private bytes = 0;
  private timer: Timer | undefined;
  /** Entries that were not judged. */
  skipped = 0;

  constructor(onFinding: (finding: Finding, identity: string) => void, limits: LiveLimits = usual) {
    this.onFinding = onFinding;
    this.limits = limits;
  }

  /** Takes an entry; returns at once. */
  handle(entry: Entry, identity: string | null): void {
    if (identity === null) return;
    const judged = this.of(identity);
    const position = judged.position++;
    const { limits } = this;
    const isTooMuch =
      this.queue.length >= limits.queue || this.bytes >= limits.bytes || bytesOf(entry) > limits.entry;
    if (isTooMuch && entry.kind !== "connection-opened" && entry.kind !== "connection-closed") {
      judged.hasGap = true;
      this.skipped++;
      return;
    }
    if (judged.hasGap) this.put({ identity, entry: gapBefore(entryTimeNs(entry) ?? 0), position });
    judged.hasGap = false;
    this.put({ identity, entry, position });
    this.timer ??= startTimer(() => this.work(), this.limits.restMs).unref();
  }

  /** Judges what waits, and ends. */
  close(): void {
    this.timer?.stop();
    this.batch(Number.POSITIVE_INFINITY);
    for (const [identity, { linter }] of this.judged)
      for (const finding of linter.end()) this.onFinding(finding, identity);
  }

  private put(waiting: Waiting): void {
    this.queue.push(waiting);
    this.bytes += bytesOf(waiting.entry);
  }

  private of(identity: string): Judged {
    const found = this.judged.get(identity);
    if (found !== undefined) return found;
    const judged = { linter: new Linter({ ...lintDefaults, inflate }), position: 0, hasGap: false };
    this.judged.set(identity, judged);
    const [oldest] = this.judged.keys();
    if (this.judged.size > this.limits.identities && oldest !== undefined) this.judged.delete(oldest);
    return judged;
  }

  private work(): void {
    this.timer = undefined;
    this.batch(this.limits.batchMs);
    if (this.queue.length > 0) this.timer = startTimer(() => this.work(), this.limits.restMs).unref();
  }

  private batch(ms: number): void {
    const until = performance.now() + ms;
    let done = 0;
    for (const { identity, entry, position } of this.queue) {
      if (performance.now() > until) break;
      done++;
      this.bytes -= bytesOf(entry);
      for (const finding of this.judged.get(identity)?.linter.push(entry, position) ?? [])
        this.onFinding(finding, identity);
    }
    this.queue = this.queue.slice(done);
  }
}

const gapBefore = (at: number): Entry => ({
  kind: "gap",
  from: at,
  to: at,
  entries: 0,
  octets: 0,
  why: "judging fell behind",
});
