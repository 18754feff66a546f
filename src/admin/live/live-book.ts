// What is known of the traffic while it runs: the connections, their counts, and the last messages, bounded in number and
// bytes. A sink of entries like any other; it never touches a socket.

import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, Entry } from "../../cassette/format/entry.js";
import type { Clock } from "../../io/platform/clock.js";
import { ConnectionReader, type LiveMessage } from "./live-message.js";

/** Bounds of what is kept. */
export interface BookLimits {
  readonly messages: number;
  readonly bytes: number;
}

const usual: BookLimits = { messages: 10_000, bytes: 16 * 1024 * 1024 };
/** What a message costs beside its text. */
const messageCost = 300;

/** A connection that is open. */
export interface BookConnection {
  readonly id: string;
  readonly opened: ConnectionOpenedEntry;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly frames: Readonly<Record<Direction, number>>;
  readonly messages: Readonly<Record<Direction, number>>;
  readonly faults: number;
  readonly openCalls: Readonly<
    Record<Direction, readonly { readonly id: string; readonly action: string; readonly ageMs: number }[]>
  >;
}

interface Kept {
  readonly id: string;
  readonly opened: ConnectionOpenedEntry;
  readonly reader: ConnectionReader;
  readonly frames: Record<Direction, number>;
  readonly messages: Record<Direction, number>;
  readonly last: Record<Direction, LiveMessage | undefined>;
  faults: number;
}

type Listener = (message: LiveMessage) => void;

const costOf = ({ text, base64 }: LiveMessage): number =>
  messageCost + (text?.length ?? 0) + (base64?.length ?? 0);

/** Keeps what the admin API tells of the traffic. */
export class LiveBook {
  private readonly clock: Clock;
  private readonly limits: BookLimits;
  private readonly startMs: number;
  private readonly connections = new Map<string, Kept>();
  private readonly listeners = new Set<Listener>();
  private ring: LiveMessage[] = [];
  /** Where the ring begins: what is before was dropped already. */
  private from = 0;
  private bytes = 0;
  private ids = 0;
  private seq = 0;

  constructor(clock: Clock, limits: BookLimits = usual) {
    this.clock = clock;
    this.limits = limits;
    this.startMs = Date.parse(clock.startedAt);
  }

  /** Takes an entry; gives the message that it made whole. */
  hear(entry: Entry, identity: string | null): LiveMessage | undefined {
    if (identity === null || !("connection" in entry) || entry.connection === null) return undefined;
    const key = `${entry.connection} ${identity}`;
    if (entry.kind === "connection-opened") this.open(key, entry);
    const kept = this.connections.get(key);
    if (kept === undefined) return undefined;
    if (entry.kind === "connection-closed") this.connections.delete(key);
    if (entry.kind === "decision") {
      kept.faults++;
      const { rule, fault, outcome } = entry;
      kept.last[entry.direction]?.rules.push({ rule, fault, outcome });
    }
    if (entry.kind === "injected") kept.reader.pushOwn(entry);
    if (entry.kind !== "frame") return undefined;
    kept.frames[entry.direction]++;
    const read = kept.reader.push(entry);
    if (read === undefined) return undefined;
    kept.messages[entry.direction]++;
    const { at, ...rest } = read;
    const { id: connection } = kept;
    const message: LiveMessage = {
      seq: ++this.seq,
      time: this.timeOf(at),
      connection,
      identity,
      ...rest,
      rules: [],
    };
    kept.last[entry.direction] = message;
    this.keep(message);
    for (const listen of this.listeners) listen(message);
    return message;
  }

  /** Connections that are open, oldest first. */
  connectionsOpen(): readonly BookConnection[] {
    return [...this.connections.values()].map((kept) => this.told(kept));
  }

  /** An open connection by its id. */
  find(id: string): BookConnection | undefined {
    for (const kept of this.connections.values()) if (kept.id === id) return this.told(kept);
    return undefined;
  }

  /** The messages that are kept, oldest first. */
  messages(): readonly LiveMessage[] {
    return this.ring.slice(this.from);
  }

  /** The number of the last message so far; 0 before the first. */
  get lastSeq(): number {
    return this.seq;
  }

  /** The number of the oldest message that is kept. */
  get firstSeq(): number {
    return this.ring[this.from]?.seq ?? this.seq + 1;
  }

  /** Hears every message from now on; gives the way to stop. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private open(key: string, opened: ConnectionOpenedEntry): void {
    this.connections.set(key, {
      id: `${++this.ids}`,
      opened,
      reader: new ConnectionReader(opened),
      frames: { "cp-to-csms": 0, "csms-to-cp": 0 },
      messages: { "cp-to-csms": 0, "csms-to-cp": 0 },
      last: { "cp-to-csms": undefined, "csms-to-cp": undefined },
      faults: 0,
    });
  }

  private keep(message: LiveMessage): void {
    this.ring.push(message);
    this.bytes += costOf(message);
    const { messages, bytes } = this.limits;
    while (this.ring.length - this.from > messages || this.bytes > bytes) {
      const oldest = this.ring[this.from++];
      if (oldest === undefined) break;
      this.bytes -= costOf(oldest);
    }
    // Cutting the front off costs as much as the ring is long: seldom.
    if (this.from > messages) {
      this.ring = this.ring.slice(this.from);
      this.from = 0;
    }
  }

  private told({ id, opened, reader, frames, messages, faults }: Kept): BookConnection {
    const now = this.clock.now();
    const open = (direction: Direction): BookConnection["openCalls"][Direction] =>
      reader
        .open(direction)
        .map((call) => ({ id: call.id, action: call.action, ageMs: Math.round((now - call.tag) / 1e6) }));
    return {
      id,
      opened,
      since: this.timeOf(opened.at ?? 0),
      frames,
      messages,
      faults,
      openCalls: { "cp-to-csms": open("cp-to-csms"), "csms-to-cp": open("csms-to-cp") },
    };
  }

  private timeOf(at: number): string {
    return new Date(this.startMs + at / 1e6).toISOString();
  }
}
