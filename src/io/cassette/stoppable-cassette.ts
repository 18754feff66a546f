// One cassette of a run, whose traffic can be left out for a while by hand. While it is stopped, whoever listens hears
// everything as before; the cassette gets the beginnings and ends of connections, and one gap for what was left out.

import type { Entry, GapEntry } from "../../cassette/format/entry.js";
import type { Clock } from "../platform/clock.js";
import type { CassetteWriter } from "./cassette-writer.js";

/** What a cassette is made of. */
export interface StoppableParts {
  readonly identity: string | null;
  readonly writer: Pick<CassetteWriter, "write" | "flush" | "path" | "entries">;
  readonly clock: Clock;
  readonly listen: (entry: Entry, identity: string | null) => void;
}

interface Left {
  readonly from: number;
  readonly by: string;
  entries: number;
  bytes: number;
}

/** What is left out while a cassette is stopped: what was said, and what rules made of it. */
const isTraffic = ({ kind }: Entry): boolean =>
  kind === "frame" ||
  kind === "bytes" ||
  kind === "decision" ||
  kind === "injected" ||
  kind === "http-exchange";

/** A cassette that can be stopped and started. */
export class StoppableCassette {
  readonly identity: string | null;
  readonly path: string;
  private readonly parts: StoppableParts;
  private connections = 0;
  private left: Left | undefined;

  constructor(parts: StoppableParts) {
    this.parts = parts;
    this.identity = parts.identity;
    this.path = parts.writer.path;
  }

  get entries(): number {
    return this.parts.writer.entries;
  }

  get isRecording(): boolean {
    return this.left === undefined;
  }

  record(entry: Entry): void {
    if (this.left === undefined || !isTraffic(entry)) this.parts.writer.write(entry);
    else {
      this.left.entries++;
      this.left.bytes += "raw" in entry ? entry.raw.length : 0;
    }
    this.parts.listen(entry, this.identity);
  }

  nextConnection(): number {
    return ++this.connections;
  }

  flush(): Promise<void> {
    return this.parts.writer.flush();
  }

  stop(by: string): void {
    if (this.left !== undefined) return;
    const from = this.parts.clock.now();
    this.left = { from, by, entries: 0, bytes: 0 };
    const message = `recording was stopped by ${by}; what is said from here on is left out`;
    this.record({ kind: "note", connection: null, at: from, code: "recording-stopped", message });
  }

  start(by: string): void {
    if (this.left === undefined) return;
    this.end();
    const message = `recording was started again by ${by}`;
    const at = this.parts.clock.now();
    this.record({ kind: "note", connection: null, at, code: "recording-started", message });
  }

  mark(text: string): void {
    this.record({ kind: "marker", at: this.parts.clock.now(), text });
  }

  /** Says what was left out so far. */
  end(): void {
    const { left } = this;
    if (left === undefined) return;
    this.left = undefined;
    const { from, entries, bytes, by } = left;
    const to = this.parts.clock.now();
    const gap: GapEntry = {
      kind: "gap",
      from,
      to,
      entries,
      octets: bytes,
      why: `recording was stopped by ${by}`,
    };
    this.record(gap);
  }
}
