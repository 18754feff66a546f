// A recording once more past the rules, without sockets: what came in is told to the machine of a proxied connection
// at the times at which it came, the clock standing still between them, and what the rules decide is what they would
// have decided then. Knows nothing of how a peer would have behaved otherwise.

import { noBytes } from "../../base/bytes.js";
import { senderOf } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type {
  ConnectionOpenedEntry,
  DecisionEntry,
  Entry,
  InjectedEntry,
  NoteEntry,
} from "../../cassette/format/entry.js";
import { versionOf } from "../../ocpp/version.js";
import type { Decider } from "../../rules/deciding/decide.js";
import { createRelay, relayLimits } from "../connection/connection.js";
import type { RelayCommand, RelayEvent, RunAction } from "../protocol.js";
import { Doors, isDialling, type WriteRefusal } from "./rehearse-handshakes.js";

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
  /** A note says which connection would not have come about. */
  readonly entry: DecisionEntry | InjectedEntry | NoteEntry;
}

/** Where a recording does not know when something came, it came so long after what was before it. */
const stepNs = nsPerMs;

class Rehearsal {
  now = 0;
  private reached: Entry | undefined;
  private readonly decider: Decider;
  private readonly machines = new Map<number, Connection>();

  constructor(decider: Decider) {
    this.decider = decider;
  }

  /** Lets the time pass up to this entry. */
  *passTime(entry: Entry, position: number): Generator<Rerun> {
    const at = timeOf(entry);
    if (entry === this.reached) return;
    this.reached = entry;
    yield* this.until(Math.max(this.now, at ?? this.now + stepNs), position);
  }

  /** Cuts the connections of this charge point, or of all, and says which. */
  cut(identity: string | undefined): readonly number[] {
    const cut = [...this.machines].filter(([, one]) => identity === undefined || one.identity === identity);
    for (const [connection] of cut) this.machines.delete(connection);
    return cut.map(([connection]) => connection);
  }

  *take(entry: Entry, position: number): Generator<Rerun> {
    yield* this.passTime(entry, position);
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

  get identity(): string {
    return this.opened.identity;
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
      if (command.kind === "timer") this.timers.set(command.id, event.at + command.ms * nsPerMs);
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

/**
 * What rules would have done to a recording, from the handshakes on; the decider must not be used for anything else. A
 * connection that a rule would have turned away holds nothing.
 */
export function* rehearse(
  entries: readonly Entry[],
  decider: Decider,
  write: WriteRefusal = () => noBytes,
): Generator<Rehearsed> {
  const rehearsal = new Rehearsal(decider);
  const doors = new Doors(decider, write);
  for (const [position, entry] of entries.entries()) {
    if (isDialling(entry)) {
      yield* told(rehearsal.passTime(entry, position), doors, rehearsal);
      const met = doors.meet(entry, rehearsal.now);
      const identity = entry.identity ?? "";
      let next = met.next();
      for (; next.done !== true; next = met.next()) yield { identity, position, entry: next.value };
      if (!next.value) continue;
    }
    yield* told(rehearsal.take(entry, position), doors, rehearsal);
  }
}

const cutNote = (connection: number, rule: string, at: number): NoteEntry => ({
  kind: "note",
  connection,
  at,
  code: "would-be-cut",
  message: `would be cut by rule ${rule}; what it holds from here on is not asked about`,
});

/** What is told of commands; where one takes the listener away, all connections that it is about are cut. */
function* told(commands: Iterable<Rerun>, doors: Doors, rehearsal: Rehearsal): Generator<Rehearsed> {
  for (const { opened, position, at, command } of commands) {
    const { identity } = opened;
    if (command.kind === "run")
      for (const entry of shut(command.ruled, identity, at, doors, rehearsal))
        yield { identity, position, entry };
    else if (command.kind === "record" && isTold(command.entry))
      yield { identity, position, entry: command.entry };
  }
}

const shut = (
  { action, rule }: RunAction,
  identity: string,
  at: number,
  doors: Doors,
  rehearsal: Rehearsal,
): readonly NoteEntry[] => {
  if (action.kind !== "down") return [];
  doors.down(action, rule, identity, at);
  const cut = rehearsal.cut(action.scope === "all" ? undefined : identity);
  return cut.map((connection) => cutNote(connection, rule, at));
};

const isTold = (entry: Entry): entry is DecisionEntry | InjectedEntry =>
  entry.kind === "decision" || entry.kind === "injected";
