// Appends the entries of one cassette to its file and never delays the traffic (docs/architecture.md, invariant 8):
// entries go to memory at once, to the file every few milliseconds with one call, to the disk every second. A slow or full
// disk costs a gap in the cassette and nothing else.

import { asError } from "../../base/errors.js";
import { magic } from "../../cassette/format/codec.js";
import type { Entry } from "../../cassette/format/entry.js";
import { type AppendFile, type OpenAppendFile, openAppendFile } from "../files/append-file.js";
import { crc32 } from "../platform/digests.js";
import { type SharedTimer, sharedTimer } from "../platform/shared-timer.js";
import { startTimer, type Timer } from "../platform/timers.js";
import { RecordQueue } from "./record-queue.js";

/** How a cassette is written. */
export interface CassetteWriterOptions {
  /** The salt that stands in the session entry. */
  readonly salt: number;
  /** Nanoseconds since the session's start. */
  readonly now: () => number;
  /** The wall clock, ISO 8601 in UTC. */
  readonly wall: () => string;
  /** How long an entry waits in memory at most. */
  readonly flushMs?: number;
  /** How long written bytes wait for the disk; 0 leaves that to the operating system. */
  readonly syncMs?: number;
  /** Bytes that wait at most; entries beyond are counted and left out. */
  readonly queueLimit?: number;
  /** Called when writing begins to fail, and at the end when entries could not be written at all. */
  readonly onFailure: (error: Error, entriesLost: number) => void;
  /** Where the bytes go; for tests. */
  readonly open?: OpenAppendFile;
}

/** Writes one cassette. */
export interface CassetteWriter {
  /** Takes an entry; never blocks, never throws. The first must be the session. */
  write(entry: Entry): void;
  /** Writes what waits and the `end`, and closes the file. */
  close(): Promise<void>;
  /** Resolves when what was taken so far has been handed to the operating system, or that failed. */
  flush(): Promise<void>;
  readonly path: string;
  /** Entries taken so far, the writer's own included. */
  readonly entries: number;
  /** Whether the last attempt to write failed, or entries were lost at the end. */
  readonly failed: boolean;
}

const atOnce = 0x4_0000;
const checkpointBytes = 0x40_0000;
const checkpointNs = 60e9;
const retryMs = 250;
/** While the disk refuses, this much waits at most: all cassettes together must not fill the memory. */
const limitWhileFailing = 0x40_0000;

const bytesOf = (entry: Entry): number => ("raw" in entry ? entry.raw.length : 0);

interface Lost {
  readonly from: number;
  entries: number;
  bytes: number;
}

class AppendingWriter implements CassetteWriter {
  readonly path: string;
  entries = 0;
  failed = false;
  private readonly options: CassetteWriterOptions;
  private readonly flushMs: number;
  private readonly syncMs: number;
  private readonly queueLimit: number;
  private readonly queue: RecordQueue;
  private file: AppendFile | undefined;
  private busy = false;
  /** The timer that was joined and has not rung yet. */
  private timer: SharedTimer | undefined;
  private readonly onTimer: () => void;
  private syncTimer: Timer | undefined;
  private sinceCheckpoint = 0;
  private checkpointAt = 0;
  private lost: Lost | undefined;
  private closing = false;
  private closed: Promise<void> | undefined;
  private entriesInFile = 0;
  private waiters: (() => void)[] = [];

  constructor(path: string, options: CassetteWriterOptions) {
    this.path = path;
    this.options = options;
    this.flushMs = options.flushMs ?? 50;
    this.syncMs = options.syncMs ?? 1000;
    this.queueLimit = options.queueLimit ?? 0x400_0000;
    this.queue = new RecordQueue(options.salt, crc32);
    this.onTimer = () => {
      this.timer = undefined;
      this.drain();
    };
  }

  write(entry: Entry): void {
    if (this.closing) return;
    if (this.lost !== undefined && this.queue.length <= this.limit() / 2) this.addGap(this.lost);
    if (this.lost !== undefined || this.queue.length >= this.limit()) {
      this.lose(entry);
      return;
    }
    if (this.entries === 0) this.queue.addBytes(magic);
    this.add(entry);
    if (entry.kind === "session" || this.sinceCheckpoint >= checkpointBytes) this.addCheckpoint();
    if (this.busy || this.failed) return;
    if (this.queue.length >= atOnce) this.drain();
    else this.armTimer(this.flushMs);
  }

  flush(): Promise<void> {
    if (this.queue.length === 0 && !this.busy) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiters.push(resolve);
      this.drain();
    });
  }

  close(): Promise<void> {
    this.closed ??= this.finish();
    return this.closed;
  }

  private limit(): number {
    return this.failed ? Math.min(this.queueLimit, limitWhileFailing) : this.queueLimit;
  }

  private lose(entry: Entry): void {
    this.lost ??= { from: this.options.now(), entries: 0, bytes: 0 };
    this.lost.entries++;
    this.lost.bytes += bytesOf(entry);
  }

  private addGap({ from, entries, bytes }: Lost): void {
    this.lost = undefined;
    const why = "the disk was too slow or refused";
    this.add({ kind: "gap", from, to: this.options.now(), entries, octets: bytes, why });
  }

  private addCheckpoint(): void {
    const { now, wall, salt } = this.options;
    this.checkpointAt = now();
    this.add({ kind: "checkpoint", at: this.checkpointAt, wall: wall(), salt, entries: this.entries });
    this.sinceCheckpoint = 0;
  }

  private add(entry: Entry): void {
    try {
      this.sinceCheckpoint += this.queue.add(entry);
      this.entries++;
    } catch (error) {
      this.lose(entry);
      this.options.onFailure(asError(error), 1);
    }
  }

  private armTimer(ms: number): void {
    if (this.timer !== undefined) return;
    this.timer = sharedTimer(ms);
    this.timer.join(this.onTimer);
  }

  /** Writes what waits, one call at a time. */
  private drain(): void {
    if (this.busy) return;
    if (this.queue.length === 0) {
      this.settle();
      return;
    }
    this.busy = true;
    if (this.file === undefined) this.open();
    else this.append(this.file);
  }

  private append(file: AppendFile): void {
    if (!this.closing && this.options.now() - this.checkpointAt >= checkpointNs) this.addCheckpoint();
    const { entries } = this;
    const before = this.queue.length;
    file.write(this.queue.take(), (error, written) => {
      this.queue.written(written);
      this.busy = false;
      if (error !== null || written === 0) this.fail(error ?? new Error("the file takes no more bytes"));
      else this.goOn(file, written < before, entries);
    });
  }

  private goOn(file: AppendFile, short: boolean, entries: number): void {
    this.failed = false;
    this.armSync(file);
    if (!short) this.entriesInFile = entries;
    const urgent = short || this.queue.length >= atOnce || this.waiters.length > 0;
    if (urgent || this.queue.length === 0) this.drain();
    else this.armTimer(this.flushMs);
  }

  private open(): void {
    (this.options.open ?? openAppendFile)(this.path, (error, file) => {
      this.busy = false;
      this.file = file;
      if (error !== null || file === undefined)
        return this.fail(error ?? new Error("the file cannot be made"));
      this.drain();
    });
  }

  private fail(error: Error): void {
    const first = !this.failed;
    this.failed = true;
    if (first) this.options.onFailure(error, this.lost?.entries ?? 0);
    if (!this.closing) this.armTimer(retryMs);
    this.settle();
  }

  private settle(): void {
    const { waiters } = this;
    this.waiters = [];
    for (const done of waiters) done();
  }

  private armSync(file: AppendFile): void {
    if (this.syncMs === 0 || this.closing) return;
    this.syncTimer ??= startTimer(() => {
      file.datasync((error) => {
        this.syncTimer = undefined;
        if (error !== null && !this.failed) this.options.onFailure(error, 0);
      });
    }, this.syncMs).unref();
  }

  private async finish(): Promise<void> {
    this.closing = true;
    this.timer?.leave(this.onTimer);
    this.timer = undefined;
    if (this.entries > 0) {
      if (this.lost !== undefined) this.addGap(this.lost);
      const { now, wall } = this.options;
      this.add({ kind: "end", at: now(), wall: wall(), entries: this.entries });
      await this.flush();
      const left = this.entries - this.entriesInFile;
      if (left > 0) {
        this.failed = true;
        this.options.onFailure(new Error(`${left} entries of ${this.path} could not be written`), left);
      }
    }
    this.syncTimer?.stop();
    await this.closeFile();
  }

  private closeFile(): Promise<void> {
    const { file } = this;
    if (file === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      file.datasync((error) => {
        if (error !== null) this.options.onFailure(error, 0);
        file.close(() => resolve());
      });
    });
  }
}

/** Makes the writer of a cassette; the file comes into being with the first entry. */
export function createCassetteWriter(path: string, options: CassetteWriterOptions): CassetteWriter {
  return new AppendingWriter(path, options);
}
