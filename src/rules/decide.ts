// Messages -> what the rules do to them (design section 7). Chance is a function of the seed and of the
// message's own place in its connection; a rule's counters know nothing of other rules. So neither other
// charge points nor other actions nor removed messages shift what a rule does. Does no I/O, holds no clock.

import { concat } from "../base/bytes.js";
import type { Direction } from "../base/direction.js";
import { draw } from "../base/draw.js";
import type { DecidedType } from "../ocpp/message-type.js";
import type { Point } from "./faults/fault.js";
import { applyFault, type FaultUse, isFinal } from "./faults/registry.js";
import { type LiveRule, LiveRules } from "./live-rules.js";
import { matchesKind, matchesLane, matchesPaths } from "./match.js";
import {
  type Applied,
  type CloseOrder,
  type Decision,
  type MessageView,
  passed,
  type RuledOrder,
} from "./message-view.js";
import type { Observation } from "./observation.js";
import type { Rule, RuleSet } from "./rule-set.js";
import { type Counter, createCounter, type Firing, fire } from "./trigger.js";

/** Decides for all connections of a run; keeps the counters. */
export interface Decider {
  readonly rules: LiveRules;
  /** Says what happens to a message; every message of a direction that rules can touch must come by, in order. */
  decide(observation: Observation, message: MessageView): Decision;
  /** Says what happens where there is no message: at a control frame, at the beginning of a connection, before it. */
  meet(observation: Observation, message?: MessageView): Decision;
  /** Counts a message that passes without being asked about, so that a rule armed later draws by the same numbers. */
  passing(observation: Kind): void;
  /** Forgets what was counted for one connection; call it once the connection is over. */
  forget(identity: string, ordinal: number): void;
}

/** What tells the streams of a connection apart. */
export type Kind = Pick<Observation, "identity" | "ordinal" | "direction" | "type" | "action">;

/** Makes the decider of a run; with a rule set, all its rules are armed. */
export function createDecider(rules: LiveRules | RuleSet, seed: number): Decider {
  return new CountingDecider(rules instanceof LiveRules ? rules : LiveRules.armed(rules), seed);
}

/** A rule with what can be known before any message. */
interface Prepared {
  readonly live: LiveRule;
  readonly rule: Rule;
  /** The slot of the draws of each fault: its name, and `#2` and so on where it stands there again. */
  readonly slots: readonly string[];
}

/** The messages of one type and action in one direction of one connection. */
interface Stream {
  rules: readonly Prepared[];
  seen: number;
}

/** What is remembered of one direction of a connection. */
interface LaneMemory {
  rules: readonly Prepared[];
  readonly streams: Map<string, Map<string, Stream>>;
  /** How many streams there are. */
  known: number;
  /** Messages of types and actions that came too late to be given a stream; they are counted together. */
  others: number;
}

interface ConnectionMemory {
  /** Of the rules that the lanes were made for. */
  generation: number;
  readonly lanes: Record<Direction, LaneMemory>;
  readonly counters: Counters;
}

/** By rule, so that a rule that is put in the place of another begins anew. */
type Counters = Map<LiveRule, Counter>;

/** Distinct types and actions that one direction of a connection is given counters for; the rest share one. */
const mostStreams = 1000;

/** What the rules have made of a message so far. */
interface Course {
  copies: readonly Uint8Array[];
  changed: boolean;
  delayMs: number;
  holds: "message" | "lane";
  close: CloseOrder | undefined;
  readonly orders: RuledOrder[];
  over: boolean;
  readonly applied: Applied[];
}

class CountingDecider implements Decider {
  readonly rules: LiveRules;
  private prepared: readonly Prepared[] = [];
  private generation = -1;
  private readonly seed: number;
  private readonly connections = new Map<string, Map<number, ConnectionMemory>>();
  private readonly identities = new Map<string, Counters>();
  private readonly everyone: Counters = new Map();

  constructor(rules: LiveRules, seed: number) {
    this.rules = rules;
    this.seed = seed;
  }

  decide(observation: Observation, message: MessageView): Decision {
    return this.meet(observation, message);
  }

  meet(observation: Observation, message?: MessageView): Decision {
    const memory = this.memoryOf(observation.identity, observation.ordinal);
    const stream = streamOf(memory.lanes[observation.direction], observation);
    const ordinal = ++stream.seen;
    if (stream.rules.length === 0) return passed;
    const payload = once(observation.payload);
    let course: Course | undefined;
    for (const prepared of stream.rules) {
      const { live, rule } = prepared;
      if (rule.when.paths.length > 0 && !matchesPaths(rule.when.paths, payload())) continue;
      live.matched++;
      const roll = (slot: string): number => this.draw(rule.id, observation, ordinal, slot);
      const firing = fire(rule.trigger, this.counterOf(live, observation, memory), () => roll("trigger"));
      if (firing === undefined || course?.over === true) continue;
      live.applied++;
      course ??= begin(message);
      act(prepared, firing, ordinal, roll, observation, course);
    }
    return course === undefined ? passed : { applied: course.applied, effect: effectOf(course) };
  }

  passing(kind: Kind): void {
    streamOf(this.memoryOf(kind.identity, kind.ordinal).lanes[kind.direction], kind).seen++;
  }

  forget(identity: string, ordinal: number): void {
    const ofIdentity = this.connections.get(identity);
    ofIdentity?.delete(ordinal);
    if (ofIdentity?.size === 0) this.connections.delete(identity);
  }

  private memoryOf(identity: string, ordinal: number): ConnectionMemory {
    this.prepare();
    const known = this.connections.get(identity)?.get(ordinal);
    if (known !== undefined) {
      if (known.generation !== this.generation) this.renew(known, identity);
      return known;
    }
    const lane = (): LaneMemory => ({ rules: [], streams: new Map(), known: 0, others: 0 });
    const memory: ConnectionMemory = {
      generation: -1,
      lanes: { "cp-to-csms": lane(), "csms-to-cp": lane() },
      counters: new Map(),
    };
    this.renew(memory, identity);
    reached(this.connections, identity, () => new Map<number, ConnectionMemory>()).set(ordinal, memory);
    return memory;
  }

  /** Takes the rules as they are now. */
  private prepare(): void {
    if (this.generation === this.rules.generation) return;
    this.generation = this.rules.generation;
    this.prepared = this.rules.active.map((live) => ({
      live,
      rule: live.rule,
      slots: slotsOf(live.rule.faults),
    }));
  }

  private renew(memory: ConnectionMemory, identity: string): void {
    memory.generation = this.generation;
    for (const direction of ["cp-to-csms", "csms-to-cp"] as const) {
      const lane = memory.lanes[direction];
      lane.rules = this.prepared.filter(({ rule }) => matchesLane(rule.when, identity, direction));
      for (const [type, streams] of lane.streams)
        for (const [action, stream] of streams) stream.rules = rulesFor(lane, type as DecidedType, action);
    }
  }

  private counterOf(live: LiveRule, observation: Observation, memory: ConnectionMemory): Counter {
    return reached(this.countersOf(live.rule, observation, memory), live, createCounter);
  }

  private countersOf(rule: Rule, observation: Observation, memory: ConnectionMemory): Counters {
    switch (rule.trigger.per) {
      case "connection":
        return memory.counters;
      case "identity":
        return reached(this.identities, observation.identity, () => new Map<LiveRule, Counter>());
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

const rulesFor = (lane: LaneMemory, type: DecidedType, action: string): readonly Prepared[] => {
  const kind = action === "" ? undefined : action;
  return lane.rules.filter(({ rule }) => rule.point === pointOf(type) && matchesKind(rule.when, type, kind));
};

/** What a rule must act on to act on this. */
const pointOf = (type: DecidedType): Point => {
  switch (type) {
    case "ping":
    case "pong":
    case "connection":
    case "upgrade":
    case "tls":
      return type;
    default:
      return "message";
  }
};

const streamOf = (lane: LaneMemory, { type, action = "" }: Pick<Kind, "type" | "action">): Stream => {
  const known = lane.streams.get(type)?.get(action);
  if (known !== undefined) return known;
  const rules = rulesFor(lane, type, action);
  // Beyond the limit one counter serves all, and no rule is kept for a stream that will not be found again.
  if (lane.known >= mostStreams) return { rules, seen: lane.others++ };
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

const begin = (message: MessageView | undefined): Course => ({
  copies: message === undefined ? [] : [concat(message.frames.map((frame) => frame.raw))],
  changed: false,
  delayMs: 0,
  holds: "message",
  close: undefined,
  orders: [],
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
    for (const order of outcome.orders ?? []) course.orders.push({ order, rule: rule.id });
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

const effectOf = ({ delayMs, holds, copies, changed, close, orders }: Course): Decision["effect"] => ({
  delayMs,
  holds,
  copies,
  changed,
  close,
  orders,
});
