// A recording once more past the rules, without sockets: what came in is told to the machine of a proxied connection
// at the times at which it came, the clock standing still between them, and what the rules decide is what they would
// have decided then. Knows nothing of how a peer would have behaved otherwise.

import { senderOf } from "../base/direction.js";
import type { ConnectionOpenedEntry, DecisionEntry, Entry, InjectedEntry } from "../cassette/entry.js";
import { versionOf } from "../ocpp/version.js";
import type { Decider } from "../rules/decide.js";
import { createRelay, relayLimits } from "./connection.js";
import type { RelayCommand, RelayEvent } from "./protocol.js";

/** A command of a connection's machine, and what led to it. */
export interface Rerun {
  readonly opened: ConnectionOpenedEntry;
  /** Position of the entry on which it happened; of the last one before, for what happens by the clock. */
  readonly position: number;
  /** In nanoseconds since the session's start. */
  readonly at: number;
  readonly command: RelayCommand;
}

/** What the rules would have done, and where in the recording. */
export interface Rehearsed {
  readonly identity: string;
  /** As in a rerun. */
  readonly position: number;
  readonly entry: DecisionEntry | InjectedEntry;
}

const msToNs = 1_000_000;
/** Where a recording does not know when something came, it came so long after what was before it. */
const stepNs = msToNs;

class Rehearsal {
  now = 0;
  private readonly decider: Decider;
  private readonly machines = new Map<number, Connection>();

  constructor(decider: Decider) {
    this.decider = decider;
  }

  *take(entry: Entry, position: number): Generator<Rerun> {
    const at = timeOf(entry);
    yield* this.until(Math.max(this.now, at ?? this.now + stepNs), position);
    switch (entry.kind) {
      case "connection-opened": {
        const { identity, connection, ordinal, subprotocol } = entry;
        const version = versionOf(subprotocol);
        const about = { connection, identity, ordinal, version, limits: relayLimits };
        const opened = new Connection(entry, createRelay({ ...about, rules: this.decider }));
        this.machines.set(connection, opened);
        yield* opened.tell({ kind: "start", at: this.now }, position);
        return;
      }
      case "frame":
      case "bytes": {
        const from = senderOf(entry.direction);
        const event = { kind: "bytes", from, at: this.now, chunk: entry.raw } as const;
        yield* this.machines.get(entry.connection)?.tell(event, position) ?? [];
        return;
      }
      case "connection-closed": {
        const closed = this.machines.get(entry.connection);
        for (const { by, how } of entry.ends)
          if (by !== "us") yield* closed?.tell({ kind: how, from: by, at: this.now }, position) ?? [];
        yield* this.flush(closed, position);
        this.machines.delete(entry.connection);
        return;
      }
      default:
        return;
    }
  }

  /** What is still held goes out in its time, even behind the end that the recording knows. */
  private *flush(connection: Connection | undefined, position: number): Generator<Rerun> {
    const last = Math.max(0, ...(connection?.timers.values() ?? []));
    if (connection !== undefined && last > this.now) yield* connection.ring(last, position);
  }

  /** Lets time pass, timers ringing on the way. */
  private *until(at: number, position: number): Generator<Rerun> {
    for (;;) {
      const [next] = [...this.machines.values()]
        .map((connection) => ({ connection, due: connection.nextAt }))
        .filter(({ due }) => due <= at)
        .sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.now = Math.max(this.now, next.due);
      yield* next.connection.ring(next.due, position);
    }
    this.now = at;
  }
}

/** One connection of the recording. */
class Connection {
  readonly timers = new Map<string, number>();
  private readonly opened: ConnectionOpenedEntry;
  private readonly machine: ReturnType<typeof createRelay>;

  constructor(opened: ConnectionOpenedEntry, machine: ReturnType<typeof createRelay>) {
    this.opened = opened;
    this.machine = machine;
  }

  /** When the first of its timers rings; infinite where none is set. */
  get nextAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.timers.values());
  }

  /** Rings the timers that are due by then. */
  *ring(until: number, position: number): Generator<Rerun> {
    for (;;) {
      const [next] = [...this.timers].filter(([, due]) => due <= until).sort(([, a], [, b]) => a - b);
      if (next === undefined) return;
      const [id, at] = next;
      this.timers.delete(id);
      yield* this.tell({ kind: "timer", id, at }, position);
    }
  }

  *tell(event: RelayEvent, position: number): Generator<Rerun> {
    const { opened } = this;
    for (const command of this.machine.handle(event)) {
      if (command.kind === "timer") this.timers.set(command.id, event.at + command.ms * msToNs);
      yield { opened, position, at: event.at, command };
    }
  }
}

const timeOf = (entry: Entry): number | null => {
  if (entry.kind === "frame" || entry.kind === "bytes") return entry.rx;
  return "at" in entry ? entry.at : null;
};

/** Everything that the machines of a recording's connections would have asked for; the decider must be a fresh one. */
export function* rerun(entries: readonly Entry[], decider: Decider): Generator<Rerun> {
  const rehearsal = new Rehearsal(decider);
  for (const [position, entry] of entries.entries()) yield* rehearsal.take(entry, position);
}

/** What rules would have done to a recording; the decider must not be used for anything else. */
export function* rehearse(entries: readonly Entry[], decider: Decider): Generator<Rehearsed> {
  for (const { opened, position, command } of rerun(entries, decider)) {
    if (command.kind !== "record") continue;
    const { entry } = command;
    if (entry.kind === "decision" || entry.kind === "injected")
      yield { identity: opened.identity, position, entry };
  }
}
