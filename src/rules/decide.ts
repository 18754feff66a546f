// Messages -> what the rules do to them (design section 7). Chance is a function of the seed and of the
// message's own place in its connection; a rule's counters know nothing of other rules. So neither other
// charge points nor other actions nor removed messages shift what a rule does. Does no I/O, holds no clock.

import { concat } from "../base/bytes.js";
import type { Direction } from "../base/direction.js";
import { draw } from "../base/draw.js";
import { applyFault, type FaultUse, isFinal } from "./faults/registry.js";
import { matchesKind, matchesLane, matchesPaths } from "./match.js";
import { type Applied, type CloseOrder, type Decision, type MessageView, passed } from "./message-view.js";
import type { Observation } from "./observation.js";
import type { Rule, RuleSet } from "./rule-set.js";
import { type Counter, createCounter, type Firing, fire } from "./trigger.js";

/** Decides for all connections of a run; keeps the counters. */
export interface Decider {
  /** Says what happens to a message; every message of a direction that rules can touch must come by, in order. */
  decide(observation: Observation, message: MessageView): Decision;
  /** Forgets what was counted for one connection; call it once the connection is over. */
  forget(identity: string, ordinal: number): void;
}

/** Makes the decider of a run. */
export function createDecider(ruleSet: RuleSet, seed: number): Decider {
  return new CountingDecider(ruleSet, seed);
}

/** Whether any rule could ever act on this charge point in this direction. */
export function canTouch(ruleSet: RuleSet, identity: string, direction: Direction): boolean {
  return ruleSet.rules.some((rule) => matchesLane(rule.when, identity, direction));
}

/** A rule with what can be known before any message. */
interface Prepared {
  readonly rule: Rule;
  readonly index: number;
  /** The slot of the draws of each fault: its name, and `#2` and so on where it stands there again. */
  readonly slots: readonly string[];
}

/** The messages of one type and action in one direction of one connection. */
interface Stream {
  readonly rules: readonly Prepared[];
  seen: number;
}

/** What is remembered of one direction of a connection. */
interface LaneMemory {
  readonly rules: readonly Prepared[];
  readonly streams: Map<string, Map<string, Stream>>;
  /** How many streams there are. */
  known: number;
  /** Messages of types and actions that came too late to be given a stream; they are counted together. */
  others: number;
}

interface ConnectionMemory {
  readonly lanes: Record<Direction, LaneMemory>;
  readonly counters: Counters;
}

type Counters = Map<number, Counter>;

/** Distinct types and actions that one direction of a connection is given counters for; the rest share one. */
const mostStreams = 1000;

/** What the rules have made of a message so far. */
interface Course {
  copies: readonly Uint8Array[];
  changed: boolean;
  delayMs: number;
  holds: "message" | "lane";
  close: CloseOrder | undefined;
  over: boolean;
  readonly applied: Applied[];
}

class CountingDecider implements Decider {
  private readonly prepared: readonly Prepared[];
  private readonly seed: number;
  private readonly connections = new Map<string, Map<number, ConnectionMemory>>();
  private readonly identities = new Map<string, Counters>();
  private readonly everyone: Counters = new Map();

  constructor(ruleSet: RuleSet, seed: number) {
    this.prepared = ruleSet.rules.map((rule, index) => ({ rule, index, slots: slotsOf(rule.faults) }));
    this.seed = seed;
  }

  decide(observation: Observation, message: MessageView): Decision {
    const memory = this.memoryOf(observation.identity, observation.ordinal);
    const stream = streamOf(memory.lanes[observation.direction], observation);
    if (stream.rules.length === 0) return passed;
    const ordinal = ++stream.seen;
    const payload = once(observation.payload);
    let course: Course | undefined;
    for (const prepared of stream.rules) {
      if (prepared.rule.when.paths.length > 0 && !matchesPaths(prepared.rule.when.paths, payload())) continue;
      const roll = (slot: string): number => this.draw(prepared.rule.id, observation, ordinal, slot);
      const firing = fire(prepared.rule.trigger, this.counterOf(prepared, observation, memory), () =>
        roll("trigger"),
      );
      if (firing === undefined || course?.over === true) continue;
      course ??= begin(message);
      act(prepared, firing, ordinal, roll, observation, course);
    }
    return course === undefined ? passed : { applied: course.applied, effect: effectOf(course) };
  }

  forget(identity: string, ordinal: number): void {
    const ofIdentity = this.connections.get(identity);
    ofIdentity?.delete(ordinal);
    if (ofIdentity?.size === 0) this.connections.delete(identity);
  }

  private memoryOf(identity: string, ordinal: number): ConnectionMemory {
    const known = this.connections.get(identity)?.get(ordinal);
    if (known !== undefined) return known;
    const memory: ConnectionMemory = {
      lanes: {
        "cp-to-csms": this.laneOf(identity, "cp-to-csms"),
        "csms-to-cp": this.laneOf(identity, "csms-to-cp"),
      },
      counters: new Map(),
    };
    reached(this.connections, identity, () => new Map<number, ConnectionMemory>()).set(ordinal, memory);
    return memory;
  }

  private laneOf(identity: string, direction: Direction): LaneMemory {
    const rules = this.prepared.filter(({ rule }) => matchesLane(rule.when, identity, direction));
    return { rules, streams: new Map(), known: 0, others: 0 };
  }

  private counterOf({ rule, index }: Prepared, observation: Observation, memory: ConnectionMemory): Counter {
    return reached(this.countersOf(rule, observation, memory), index, createCounter);
  }

  private countersOf(rule: Rule, observation: Observation, memory: ConnectionMemory): Counters {
    switch (rule.trigger.per) {
      case "connection":
        return memory.counters;
      case "identity":
        return reached(this.identities, observation.identity, () => new Map<number, Counter>());
      case "all":
        return this.everyone;
    }
  }

  private draw(id: string, observation: Observation, ordinal: number, slot: string): number {
    const { identity, ordinal: connection, direction, type, action = "" } = observation;
    return draw(this.seed, [id, identity, connection, direction, type, action, ordinal, slot]);
  }
}

const reached = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

const streamOf = (lane: LaneMemory, { type, action = "" }: Observation): Stream => {
  const known = lane.streams.get(type)?.get(action);
  if (known !== undefined) return known;
  const kind = action === "" ? undefined : action;
  const rules = lane.rules.filter(({ rule }) => matchesKind(rule.when, type, kind));
  if (lane.known >= mostStreams) return { rules, seen: rules.length === 0 ? 0 : lane.others++ };
  lane.known++;
  const stream: Stream = { rules, seen: 0 };
  reached(lane.streams, type, () => new Map<string, Stream>()).set(action, stream);
  return stream;
};

const once = (parse: () => unknown): (() => unknown) => {
  let done = false;
  let value: unknown;
  return () => {
    if (!done) value = parse();
    done = true;
    return value;
  };
};

const slotsOf = (uses: readonly FaultUse[]): readonly string[] =>
  uses.map(({ kind }, i) => {
    const earlier = uses.slice(0, i).filter((use) => use.kind === kind).length;
    return earlier === 0 ? kind : `${kind}#${earlier + 1}`;
  });

const begin = ({ frames }: MessageView): Course => ({
  copies: [concat(frames.map((frame) => frame.raw))],
  changed: false,
  delayMs: 0,
  holds: "message",
  close: undefined,
  over: false,
  applied: [],
});

/** Lets the faults of a rule act one after another, up to the first final one. */
const act = (
  { rule, slots }: Prepared,
  firing: Firing,
  ordinal: number,
  roll: (slot: string) => number,
  observation: Observation,
  course: Course,
): void => {
  for (const [i, use] of rule.faults.entries()) {
    const slot = slots[i] ?? use.kind;
    const outcome = applyFault(use, {
      observation,
      copies: course.copies,
      draw: (part) => roll(part === undefined ? slot : `${slot}.${part}`),
    });
    if (outcome.copies !== course.copies) {
      course.copies = outcome.copies;
      course.changed = true;
    }
    course.delayMs += outcome.delay?.ms ?? 0;
    if (outcome.delay?.holds === "lane") course.holds = "lane";
    course.close ??= outcome.close;
    course.applied.push({
      rule: rule.id,
      fault: use.kind,
      ordinal,
      draw: outcome.draw ?? firing.draw,
      outcome: outcome.outcome,
      sent: course.copies,
    });
    course.over = isFinal(use.kind);
    if (course.over) return;
  }
};

const effectOf = ({ delayMs, holds, copies, changed, close }: Course): Decision["effect"] => ({
  delayMs,
  holds,
  copies,
  changed,
  close,
});
