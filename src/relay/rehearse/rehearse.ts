// Takes a recording past other rules, without sockets: the machine of a proxied connection gets what came in, at the times
// at which it came, and time stands still in between, so that the rules decide as they would have decided then. What a
// peer would have sent instead, because of those rules, is not guessed.

import { noBytes } from "../../base/bytes.js";
import { senderOf } from "../../base/direction.js";
import type { Machine } from "../../base/machine.js";
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
import { createRelay } from "../connection/connection.js";
import { relayLimits } from "../limits.js";
import type { RelayCommand, RelayEvent, RunAction } from "../protocol.js";
import { HandshakeRehearsal, isDialling, type WriteRefusal } from "./rehearse-handshakes.js";

/** A command of a connection's machine, and where in the recording it came from. */
export interface RehearsedCommand {
  readonly opened: ConnectionOpenedEntry;
  /** Position of the entry that caused it; of the last one before it, where a timer did. */
  readonly position: number;
  /** In nanoseconds since the session's start. */
  readonly atNs: number;
  readonly command: RelayCommand;
}

/** What the rules would have done, and where in the recording. */
export interface RehearsedEntry {
  readonly identity: string;
  /** As of a command. */
  readonly position: number;
  /** A note names a connection that would not have opened, or would have been cut. */
  readonly entry: DecisionEntry | InjectedEntry | NoteEntry;
}

/** A recording that does not know when something came: it is taken to have come so long after what was before it. */
const unknownStepNs = nsPerMs;

class Rehearsal {
  nowNs = 0;
  private reached: Entry | undefined;
  private readonly decider: Decider;
  private readonly connections = new Map<number, RehearsedConnection>();

  constructor(decider: Decider) {
    this.decider = decider;
  }

  /** Moves the clock to this entry; timers ring on the way. */
  *moveTo(entry: Entry, position: number): Generator<RehearsedCommand> {
    const entryNs = timeOf(entry);
    if (entry === this.reached) return;
    this.reached = entry;
    yield* this.moveClock(Math.max(this.nowNs, entryNs ?? this.nowNs + unknownStepNs), position);
  }

  /** Cuts the connections of this charge point, or of all; returns their numbers. */
  cut(identity: string | undefined): readonly number[] {
    const cut = [...this.connections].filter(
      ([, one]) => identity === undefined || one.identity === identity,
    );
    for (const [connection] of cut) this.connections.delete(connection);
    return cut.map(([connection]) => connection);
  }

  *take(entry: Entry, position: number): Generator<RehearsedCommand> {
    yield* this.moveTo(entry, position);
    switch (entry.kind) {
      case "connection-opened": {
        const { identity, connection, ordinal, subprotocol } = entry;
        const version = versionOf(subprotocol);
        const about = { connection, identity, ordinal, version, limits: relayLimits };
        const opened = new RehearsedConnection(entry, createRelay({ ...about, rules: this.decider }));
        this.connections.set(connection, opened);
        yield* opened.handle({ kind: "start", atNs: this.nowNs }, position);
        return;
      }
      case "frame":
      case "bytes": {
        const from = senderOf(entry.direction);
        const event = { kind: "bytes", from, atNs: this.nowNs, chunk: entry.raw } as const;
        yield* this.connections.get(entry.connection)?.handle(event, position) ?? [];
        return;
      }
      case "connection-closed": {
        const closed = this.connections.get(entry.connection);
        for (const { by, how } of entry.ends)
          if (by !== "us") yield* closed?.handle({ kind: how, from: by, atNs: this.nowNs }, position) ?? [];
        yield* this.flush(closed, position);
        this.connections.delete(entry.connection);
        return;
      }
      default:
        return;
    }
  }

  /** What is still held goes out in its time, even after the end that is recorded. */
  private *flush(connection: RehearsedConnection | undefined, position: number): Generator<RehearsedCommand> {
    const last = Math.max(0, ...(connection?.timers.values() ?? []));
    if (connection !== undefined && last > this.nowNs) yield* connection.ring(last, position);
  }

  private *moveClock(untilNs: number, position: number): Generator<RehearsedCommand> {
    for (;;) {
      const [next] = [...this.connections.values()]
        .map((connection) => ({ connection, due: connection.nextAtNs }))
        .filter(({ due }) => due <= untilNs)
        .sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.nowNs = Math.max(this.nowNs, next.due);
      yield* next.connection.ring(next.due, position);
    }
    this.nowNs = untilNs;
  }
}

/** One connection of the recording. */
class RehearsedConnection {
  /** When each timer rings, by its id, in nanoseconds since the session's start. */
  readonly timers = new Map<string, number>();
  private readonly opened: ConnectionOpenedEntry;
  private readonly machine: Machine<RelayEvent, RelayCommand>;

  constructor(opened: ConnectionOpenedEntry, machine: Machine<RelayEvent, RelayCommand>) {
    this.opened = opened;
    this.machine = machine;
  }

  get identity(): string {
    return this.opened.identity;
  }

  /** When the first of its timers rings; infinite where none is set. */
  get nextAtNs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.timers.values());
  }

  /** Rings the timers that are due by then. */
  *ring(untilNs: number, position: number): Generator<RehearsedCommand> {
    for (;;) {
      const [next] = [...this.timers].filter(([, due]) => due <= untilNs).sort(([, a], [, b]) => a - b);
      if (next === undefined) return;
      const [id, atNs] = next;
      this.timers.delete(id);
      yield* this.handle({ kind: "timer", id, atNs }, position);
    }
  }

  *handle(event: RelayEvent, position: number): Generator<RehearsedCommand> {
    const { opened } = this;
    for (const command of this.machine.handle(event)) {
      if (command.kind === "timer") this.timers.set(command.id, event.atNs + command.ms * nsPerMs);
      yield { opened, position, atNs: event.atNs, command };
    }
  }
}

const timeOf = (entry: Entry): number | null => {
  if (entry.kind === "frame" || entry.kind === "bytes") return entry.rx;
  return "at" in entry ? entry.at : null;
};

/** Everything that the machines of a recording's connections would have asked for; the decider must be a fresh one. */
export function* rehearseCommands(entries: readonly Entry[], decider: Decider): Generator<RehearsedCommand> {
  const rehearsal = new Rehearsal(decider);
  for (const [position, entry] of entries.entries()) yield* rehearsal.take(entry, position);
}

/**
 * What rules would have done to a recording, from the handshakes on; the decider must not be used for anything else. A
 * connection that a rule would have turned away is left out, with its messages.
 */
export function* rehearse(
  entries: readonly Entry[],
  decider: Decider,
  writeRefusal: WriteRefusal = () => noBytes,
): Generator<RehearsedEntry> {
  const rehearsal = new Rehearsal(decider);
  const handshakes = new HandshakeRehearsal(decider, writeRefusal);
  for (const [position, entry] of entries.entries()) {
    if (isDialling(entry)) {
      yield* entriesOf(rehearsal.moveTo(entry, position), handshakes, rehearsal);
      const dialled = handshakes.dial(entry, rehearsal.nowNs);
      const identity = entry.identity ?? "";
      let next = dialled.next();
      for (; next.done !== true; next = dialled.next()) yield { identity, position, entry: next.value };
      if (!next.value) continue;
    }
    yield* entriesOf(rehearsal.take(entry, position), handshakes, rehearsal);
  }
}

/** The entries of commands; where a rule takes the listener away, all connections in its scope are cut. */
function* entriesOf(
  commands: Iterable<RehearsedCommand>,
  handshakes: HandshakeRehearsal,
  rehearsal: Rehearsal,
): Generator<RehearsedEntry> {
  for (const { opened, position, atNs, command } of commands) {
    const { identity } = opened;
    if (command.kind === "run")
      for (const entry of takeDown(command.ruled, identity, atNs, handshakes, rehearsal))
        yield { identity, position, entry };
    else if (command.kind === "record" && isByRules(command.entry))
      yield { identity, position, entry: command.entry };
  }
}

const takeDown = (
  { action, rule }: RunAction,
  identity: string,
  atNs: number,
  handshakes: HandshakeRehearsal,
  rehearsal: Rehearsal,
): readonly NoteEntry[] => {
  if (action.kind !== "down") return [];
  handshakes.down(action, rule, identity, atNs);
  const cut = rehearsal.cut(action.scope === "all" ? undefined : identity);
  const message = `would be cut by rule ${rule}; its messages from here on are not checked`;
  return cut.map((connection) => ({ kind: "note", connection, at: atNs, code: "would-be-cut", message }));
};

const isByRules = (entry: Entry): entry is DecisionEntry | InjectedEntry =>
  entry.kind === "decision" || entry.kind === "injected";
