// The traffic of a running program, as the admin API shows it: the open connections, their counts, and the last messages,
// bounded in number and bytes. It is fed with the entries of the cassettes.

import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, Entry } from "../../cassette/format/entry.js";
import type { Clock } from "../../io/platform/clock.js";
import { type AppliedFault, ConnectionReader, type LiveMessage } from "./live-message.js";

/** How many messages are kept, and how many bytes they may hold together. */
export interface TrafficLimits {
  readonly messages: number;
  readonly bytes: number;
}

const defaultLimits: TrafficLimits = { messages: 10_000, bytes: 16 * 1024 * 1024 };
/** Bytes that a message counts besides its text. */
const messageCost = 300;

/** An open connection. */
export interface LiveConnection {
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

interface ConnectionState {
  readonly id: string;
  readonly opened: ConnectionOpenedEntry;
  readonly reader: ConnectionReader;
  readonly frames: Record<Direction, number>;
  readonly messages: Record<Direction, number>;
  /** What rules did to the last message. */
  readonly lastFaults: Record<Direction, AppliedFault[] | undefined>;
  faults: number;
}

type Listener = (message: LiveMessage) => void;

const costOf = ({ text, base64 }: LiveMessage): number =>
  messageCost + (text?.length ?? 0) + (base64?.length ?? 0);

/** Follows the traffic of a run. */
export class LiveTraffic {
  private readonly clock: Clock;
  private readonly limits: TrafficLimits;
  private readonly startMs: number;
  private readonly connections = new Map<string, ConnectionState>();
  private readonly listeners = new Set<Listener>();
  private ring: LiveMessage[] = [];
  /** Index of the oldest message that is still state. */
  private from = 0;
  private bytes = 0;
  private ids = 0;
  private seq = 0;

  constructor(clock: Clock, limits: TrafficLimits = defaultLimits) {
    this.clock = clock;
    this.limits = limits;
    this.startMs = Date.parse(clock.startedAt);
  }

  /** Takes an entry of a cassette; gives the message that it completes. */
  add(entry: Entry, identity: string | null): LiveMessage | undefined {
    if (identity === null || !("connection" in entry) || entry.connection === null) return undefined;
    const key = `${entry.connection} ${identity}`;
    if (entry.kind === "connection-opened") this.open(key, entry);
    const state = this.connections.get(key);
    if (state === undefined) return undefined;
    if (entry.kind === "connection-closed") this.connections.delete(key);
    if (entry.kind === "decision") {
      state.faults++;
      const { rule, fault, outcome } = entry;
      state.lastFaults[entry.direction]?.push({ rule, fault, outcome });
    }
    if (entry.kind === "injected") state.reader.pushInjected(entry);
    if (entry.kind !== "frame") return undefined;
    state.frames[entry.direction]++;
    const read = state.reader.push(entry);
    if (read === undefined) return undefined;
    state.messages[entry.direction]++;
    const { atNs, ...rest } = read;
    const faults: AppliedFault[] = [];
    const message: LiveMessage = {
      seq: ++this.seq,
      time: this.timeOf(atNs),
      connection: state.id,
      identity,
      ...rest,
      rules: faults,
    };
    state.lastFaults[entry.direction] = faults;
    this.keep(message);
    for (const listener of this.listeners) listener(message);
    return message;
  }

  /** The open connections, oldest first. */
  openConnections(): readonly LiveConnection[] {
    return [...this.connections.values()].map((state) => this.shown(state));
  }

  /** An open connection by its id. */
  find(id: string): LiveConnection | undefined {
    for (const state of this.connections.values()) if (state.id === id) return this.shown(state);
    return undefined;
  }

  /** The kept messages, oldest first. */
  messages(): readonly LiveMessage[] {
    return this.ring.slice(this.from);
  }

  /** The number of the last message; 0 before the first. */
  get lastSeq(): number {
    return this.seq;
  }

  /** The number of the oldest kept message. */
  get firstSeq(): number {
    return this.ring[this.from]?.seq ?? this.seq + 1;
  }

  /** Calls the listener with every message from now on, until the function that it returns is called. */
  onMessage(listener: Listener): () => void {
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
      lastFaults: { "cp-to-csms": undefined, "csms-to-cp": undefined },
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
    // Cutting the front off copies the whole array, so it is done rarely.
    if (this.from > messages) {
      this.ring = this.ring.slice(this.from);
      this.from = 0;
    }
  }

  private shown({ id, opened, reader, frames, messages, faults }: ConnectionState): LiveConnection {
    const nowNs = this.clock.now();
    const open = (direction: Direction): LiveConnection["openCalls"][Direction] =>
      reader
        .open(direction)
        .map((call) => ({ id: call.id, action: call.action, ageMs: Math.round((nowNs - call.tag) / 1e6) }));
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

  private timeOf(atNs: number): string {
    return new Date(this.startMs + atNs / 1e6).toISOString();
  }
}
