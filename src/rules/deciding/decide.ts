// Messages -> what the rules do to them (design section 7). Chance is a function of the seed and of the
// message's own place in its connection; a rule's counters know nothing of other rules. So neither other
// charge points nor other actions nor removed messages shift what a rule does. Does no I/O, holds no clock.

import { BoundedMap } from "../../base/bounded-map.js";
import { type Direction, opposite } from "../../base/direction.js";
import { draw } from "../../base/draw.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { type Decision, type MessageView, noDecision } from "../contract/effect.js";
import type { Recall } from "../contract/fault.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import { isTimed, type Rule, type RuleSet } from "../language/rule-set.js";
import { asksForState } from "../language/state-asked.js";
import { couldFitLane, fits, type OpenFacts, type OpenQuestion } from "../matching/match.js";
import { AskedMessage, type Surroundings } from "../matching/message-facts.js";
import { FollowedStation } from "../matching/station-state.js";
import { type Counter, createCounter, type Firing, fire } from "../matching/trigger.js";
import { act, begin, effectOf, type FaultChain, type Prepared, type Scene, slotsOf } from "./fault-chain.js";
import { fittingOf, type LaneMemory, laneMemory, remember, streamOf } from "./lane-memory.js";
import { type LiveRule, LiveRules } from "./live-rules.js";
import type { RecordedFaults } from "./recorded-faults.js";
import { Fittings } from "./rule-index.js";
import { Timetable } from "./timed-rules.js";

/** Decides for all connections of a run; keeps the counters. */
export interface Decider {
  readonly rules: LiveRules;
  /** Says what happens to a message; every message of a direction that rules can touch must come by, in order. */
  decide(message: RuledMessage, view: MessageView): Decision;
  /** Says what happens where there is no message: at a control frame, at the beginning of a connection, before it. */
  meet(message: RuledMessage, view?: MessageView): Decision;
  /** Notes that bytes came on a connection, which ends a silence. */
  heard(identity: string, ordinal: number, at: number): void;
  /** When rules that act by the clock have to be asked next; undefined while there is none. */
  nextAt(identity: string, ordinal: number): number | undefined;
  /** Says what the rules do whose time has come. */
  tick(message: Omit<RuledMessage, "action">): Decision;
  /** Counts a message that passes without being asked about, so that a rule armed later draws by the same numbers. */
  passing(message: Kind): void;
  /** Forgets what was counted for one connection; call it once the connection is over. */
  forget(identity: string, ordinal: number): void;
}

/** What tells the streams of a connection apart. */
export type Kind = Pick<
  RuledMessage,
  "at" | "identity" | "ordinal" | "direction" | "version" | "type" | "action"
>;

/** Makes a decider that does again what was done in a recording, with its rules armed or in the hands of a run. */
export function createRecordedDecider(
  faults: RecordedFaults,
  rules: LiveRules = LiveRules.armed(faults.ruleSet),
): Decider {
  return new CountingDecider(rules, faults.seed, 0, faults);
}

/** Makes the decider of a run that began at this wall time; with a rule set, all its rules are armed. */
export function createDecider(rules: LiveRules | RuleSet, seed: number, startedWallMs = 0): Decider {
  const live = rules instanceof LiveRules ? rules : LiveRules.armed(rules);
  return new CountingDecider(live, seed, startedWallMs);
}

interface ConnectionMemory {
  /** Of the rules that the lanes were made for. */
  generation: number;
  readonly openedAt: number;
  readonly timetable: Timetable<Rule>;
  /** Rules that act by the clock here. */
  timed: readonly Prepared[];
  /** How often they have. */
  readonly ticks: Map<LiveRule, number>;
  readonly exchanges: BoundedMap<string, Counters>;
  readonly lanes: Record<Direction, LaneMemory>;
  readonly counters: Counters;
}

/** By rule, so that a rule that is put in the place of another begins anew. */
type Counters = Map<LiveRule, Counter>;

/** Exchanges of a connection that a rule is given counters for. */
const mostExchanges = 1000;

class CountingDecider implements Decider {
  readonly rules: LiveRules;
  private prepared: readonly Prepared[] = [];
  private fittings = new Fittings();
  private generation = -1;
  private readonly seed: number;
  private readonly connections = new Map<string, Map<number, ConnectionMemory>>();
  private readonly identities = new Map<string, Counters>();
  private readonly everyone: Counters = new Map();
  private readonly surroundings: Surroundings;
  private readonly recorded: RecordedFaults | undefined;
  /** Followed while a rule asks for their state. */
  private readonly stations = new Map<string, FollowedStation>();
  private followsStations = false;

  constructor(rules: LiveRules, seed: number, startedWallMs: number, recorded?: RecordedFaults) {
    this.rules = rules;
    this.recorded = recorded;
    this.seed = seed;
    this.surroundings = { startedWallMs, stateOf: (identity) => this.stationOf(identity) };
  }

  decide(message: RuledMessage, view: MessageView): Decision {
    return this.meet(message, view);
  }

  meet(given: RuledMessage, view?: MessageView): Decision {
    const memory = this.memoryOf(given);
    const lane = memory.lanes[given.direction];
    const stream = streamOf(lane, given);
    const ordinal = ++stream.seen;
    const { callId } = lane;
    if (given.type === "CALL") lane.callId = given.id;
    const station = this.followsStations ? this.stationOf(given.identity) : undefined;
    const { candidates, recalls } = stream.fitting;
    if (candidates.length === 0 && station === undefined) return noDecision;
    const facts = this.factsOf(given, memory);
    let scene: Scene | undefined;
    let course: FaultChain | undefined;
    for (const candidate of candidates) {
      if (!allHold(candidate.open, facts)) continue;
      scene ??= {
        message: { ...given, payload: () => facts.payload() },
        recall: { callId, earlier: (back) => stream.recollection?.earlier(back) },
        view,
      };
      course = this.try(candidate, scene, memory, ordinal, course);
    }
    station?.hear(scene?.message ?? { ...given, payload: () => facts.payload() });
    if (view !== undefined && recalls) remember(lane, stream, view);
    return decisionOf(course);
  }

  heard(identity: string, ordinal: number, at: number): void {
    this.connections.get(identity)?.get(ordinal)?.timetable.heard(at);
  }

  nextAt(identity: string, ordinal: number): number | undefined {
    const memory = this.connections.get(identity)?.get(ordinal);
    if (memory === undefined) return undefined;
    this.prepare();
    if (memory.generation !== this.generation) this.renew(memory, identity, ordinal);
    if (memory.timed.length === 0) return undefined;
    return memory.timetable.nextAt(memory.timed.map(({ rule }) => rule));
  }

  tick(given: Omit<RuledMessage, "action">): Decision {
    const memory = this.memoryOf(given);
    const due = new Set(
      memory.timetable.due(
        memory.timed.map(({ rule }) => rule),
        given.at,
      ),
    );
    let course: FaultChain | undefined;
    for (const prepared of memory.timed.filter(({ rule }) => due.has(rule))) {
      const ordinal = (memory.ticks.get(prepared.live) ?? 0) + 1;
      memory.ticks.set(prepared.live, ordinal);
      const action = prepared.rule.trigger.idle === undefined ? "schedule" : "idle";
      const message = { ...given, action };
      if (!fits(prepared.rule.when, this.factsOf(message, memory))) continue;
      const scene = { message, recall: noRecall, view: undefined };
      course = this.try(prepared, scene, memory, ordinal, course);
    }
    return decisionOf(course);
  }

  /** Lets a rule whose conditions hold act, if its trigger agrees. */
  private try(
    prepared: Prepared,
    scene: Scene,
    memory: ConnectionMemory,
    ordinal: number,
    course: FaultChain | undefined,
  ): FaultChain | undefined {
    const { live, rule } = prepared;
    const { message } = scene;
    const { ttl } = rule.trigger;
    if (ttl !== undefined && message.at - live.armedAt > ttl) return course;
    live.matched++;
    const roll = (slot: string): number => this.draw(rule.id, message, ordinal, slot);
    const firing = this.fire(live, message, memory, ordinal, () => roll("trigger"));
    if (firing === undefined || course?.over === true) return course;
    live.applied++;
    const begun = course ?? begin(scene.view);
    act(prepared, firing, ordinal, roll, scene, begun);
    return begun;
  }

  /** The trigger's word, or that of the recording. */
  private fire(
    live: LiveRule,
    message: RuledMessage,
    memory: ConnectionMemory,
    ordinal: number,
    roll: () => number,
  ): Firing | undefined {
    const { rule } = live;
    const { trigger } = rule;
    if (this.recorded === undefined || isTimed(rule))
      return fire(trigger, this.counterOf(live, message, memory), message.at, roll);
    const { direction, type, action = null } = message;
    const application = { rule: rule.id, connection: message.ordinal, direction, type, action, ordinal };
    if (!this.recorded.fires(application)) return undefined;
    return { draw: trigger.probability === undefined ? null : roll() };
  }

  private factsOf(message: RuledMessage, { openedAt }: ConnectionMemory): AskedMessage {
    return new AskedMessage(message, openedAt, this.surroundings);
  }

  private stationOf(identity: string): FollowedStation {
    return reached(this.stations, identity, () => new FollowedStation());
  }

  passing(kind: Kind): void {
    streamOf(this.memoryOf(kind).lanes[kind.direction], kind).seen++;
  }

  forget(identity: string, ordinal: number): void {
    const ofIdentity = this.connections.get(identity);
    ofIdentity?.delete(ordinal);
    if (ofIdentity?.size === 0) this.connections.delete(identity);
  }

  private memoryOf(kind: Pick<Kind, "at" | "identity" | "ordinal" | "version">): ConnectionMemory {
    const { identity, ordinal, at, version } = kind;
    this.prepare();
    const known = this.connections.get(identity)?.get(ordinal);
    if (known !== undefined) {
      if (known.generation !== this.generation) this.renew(known, identity, ordinal);
      return known;
    }
    const lane = (): LaneMemory => laneMemory(version);
    const memory: ConnectionMemory = {
      generation: -1,
      openedAt: at,
      timetable: new Timetable(at),
      timed: [],
      ticks: new Map(),
      exchanges: new BoundedMap(mostExchanges),
      lanes: { "cp-to-csms": lane(), "csms-to-cp": lane() },
      counters: new Map(),
    };
    this.renew(memory, identity, ordinal);
    reached(this.connections, identity, () => new Map<number, ConnectionMemory>()).set(ordinal, memory);
    return memory;
  }

  /** Takes the rules as they are now. */
  private prepare(): void {
    if (this.generation === this.rules.generation) return;
    this.generation = this.rules.generation;
    this.followsStations = this.rules.active.some(({ rule }) => asksForState(rule.when));
    this.fittings = new Fittings();
    this.prepared = this.rules.active.map((live) => ({
      live,
      rule: live.rule,
      slots: slotsOf(live.rule.faults),
      recalls: live.rule.faults.some(({ fault }) => fault.usesHistory),
    }));
  }

  private renew(memory: ConnectionMemory, identity: string, connection: number): void {
    memory.generation = this.generation;
    for (const direction of ["cp-to-csms", "csms-to-cp"] as const) {
      const lane = memory.lanes[direction];
      const facts = { identity, direction, connection, version: lane.version };
      const prepared = this.prepared.filter(({ rule }) => !isTimed(rule) && couldFitLane(rule.when, facts));
      lane.rules = { prepared, facts, fittings: this.fittings };
      for (const [type, streams] of lane.streams)
        for (const [action, stream] of streams) stream.fitting = fittingOf(lane, type as DecidedType, action);
    }
    memory.timed = this.prepared.filter(({ rule }) => isTimed(rule));
  }

  private counterOf(live: LiveRule, message: RuledMessage, memory: ConnectionMemory): Counter {
    return reached(this.countersOf(live.rule, message, memory), live, createCounter);
  }

  private countersOf(rule: Rule, message: RuledMessage, memory: ConnectionMemory): Counters {
    switch (rule.trigger.per) {
      case "connection":
        return memory.counters;
      case "exchange":
        return reached(memory.exchanges, exchangeOf(message), () => new Map<LiveRule, Counter>());
      case "identity":
        return reached(this.identities, message.identity, () => new Map<LiveRule, Counter>());
      case "all":
        return this.everyone;
    }
  }

  private draw(id: string, message: RuledMessage, ordinal: number, slot: string): number {
    const { ordinal: connection, direction, type, action = "" } = message;
    const { identity } = this.recorded ?? message;
    return draw(this.seed, [id, identity, connection, direction, type, action, ordinal, slot]);
  }
}

/** Where there is no message there is nothing to remember either. */
const noRecall: Recall = { callId: undefined, earlier: () => undefined };

const allHold = (open: readonly OpenQuestion[], facts: OpenFacts): boolean => {
  for (const holds of open) if (!holds(facts)) return false;
  return true;
};

const decisionOf = (course: FaultChain | undefined): Decision =>
  course === undefined
    ? noDecision
    : { applied: course.applied, effect: effectOf(course), hindered: course.hindered };

const reached = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/** A CALL and its answers are one exchange, whichever way it goes. */
const exchangeOf = ({ direction, type, id = "" }: RuledMessage): string =>
  `${type === "CALL" ? direction : opposite(direction)} ${id}`;
