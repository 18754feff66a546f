// A recording once more past the rules, without sockets: what came in is told to the machine of a proxied connection
// at the times at which it came, the clock standing still between them, and what the rules decide is what they would
// have decided then. Knows nothing of how a peer would have behaved otherwise.

import { senderOf } from "../base/direction.js";
import type { DecisionEntry, Entry, InjectedEntry } from "../cassette/entry.js";
import { versionOf } from "../ocpp/version.js";
import type { Decider } from "../rules/decide.js";
import { createRelay, relayLimits } from "./connection.js";
import type { RelayCommand, RelayEvent } from "./protocol.js";

/** What the rules would have done, and where in the recording. */
export interface Rehearsed {
  readonly identity: string;
  /** Position of the entry on which it happened; of the last one before, for what happens by the clock. */
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

  *take(entry: Entry, position: number): Generator<Rehearsed> {
    const at = timeOf(entry);
    yield* this.until(Math.max(this.now, at ?? this.now + stepNs), position);
    switch (entry.kind) {
      case "connection-opened": {
        const { identity, connection, ordinal, subprotocol } = entry;
        const version = versionOf(subprotocol);
        const about = { connection, identity, ordinal, version, limits: relayLimits };
        const opened = new Connection(identity, createRelay({ ...about, rules: this.decider }));
        this.machines.set(connection, opened);
        yield* opened.tell({ kind: "start", at: this.now }, position);
        return;
      }
      case "frame":
      case "bytes": {
        const event = {
          kind: "bytes",
          from: senderOf(entry.direction),
          at: this.now,
          chunk: entry.raw,
        } as const;
        yield* this.machines.get(entry.connection)?.tell(event, position) ?? [];
        return;
      }
      case "connection-closed": {
        const closed = this.machines.get(entry.connection);
        for (const end of entry.ends)
          if (end.by !== "us")
            yield* closed?.tell({ kind: end.how, from: end.by, at: this.now }, position) ?? [];
        this.machines.delete(entry.connection);
        return;
      }
      default:
        return;
    }
  }

  /** Lets time pass, timers ringing on the way. */
  private *until(at: number, position: number): Generator<Rehearsed> {
    for (;;) {
      const [next] = [...this.machines.values()]
        .flatMap((connection) => [...connection.timers].map(([id, due]) => ({ connection, id, due })))
        .filter(({ due }) => due <= at)
        .sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      next.connection.timers.delete(next.id);
      this.now = Math.max(this.now, next.due);
      yield* next.connection.tell({ kind: "timer", id: next.id, at: this.now }, position);
    }
    this.now = at;
  }
}

/** One connection of the recording. */
class Connection {
  readonly timers = new Map<string, number>();
  private readonly identity: string;
  private readonly machine: ReturnType<typeof createRelay>;

  constructor(identity: string, machine: ReturnType<typeof createRelay>) {
    this.identity = identity;
    this.machine = machine;
  }

  *tell(event: RelayEvent, position: number): Generator<Rehearsed> {
    for (const command of this.machine.handle(event)) {
      if (command.kind === "timer") this.timers.set(command.id, event.at + command.ms * msToNs);
      const entry = ruled(command);
      if (entry !== undefined) yield { identity: this.identity, position, entry };
    }
  }
}

const ruled = (command: RelayCommand): Rehearsed["entry"] | undefined => {
  if (command.kind !== "record") return undefined;
  const { entry } = command;
  return entry.kind === "decision" || entry.kind === "injected" ? entry : undefined;
};

const timeOf = (entry: Entry): number | null => {
  if (entry.kind === "frame" || entry.kind === "bytes") return entry.rx;
  return "at" in entry ? entry.at : null;
};

/** What rules would have done to a recording; the decider must not be used for anything else. */
export function* rehearse(entries: readonly Entry[], decider: Decider): Generator<Rehearsed> {
  const rehearsal = new Rehearsal(decider);
  for (const [position, entry] of entries.entries()) yield* rehearsal.take(entry, position);
}
