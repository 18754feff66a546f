// What the rules do to the messages of one connection, and what they have counted there. Chance is a function of the seed
// and of the message's own place in its connection, and the counters of a rule know nothing of other rules: neither other
// charge points nor other actions nor removed messages change what a rule does. Does no I/O, holds no clock.

import { BoundedMap } from "../../base/bounded-map.js";
import { type Direction, opposite } from "../../base/direction.js";
import { draw } from "../../base/draw.js";
import type { OcppVersion } from "../../ocpp/version.js";
import { type Decision, noEffect } from "../contract/decision.js";
import type { Recall } from "../contract/fault.js";
import { connectionEvent, type RuledConnection, type RuledMessage } from "../contract/ruled-message.js";
import type { StationState } from "../contract/station-state.js";
import { isTimed, type Rule } from "../language/rule-set.js";
import { type MessageCheck, matches } from "../matching/match.js";
import type { FollowedStation } from "../matching/station-state.js";
import { type Counter, createCounter, type Firing, fire } from "../matching/trigger.js";
import { FaultChain } from "./fault-chain.js";
import { LaneMemory } from "./lane-memory.js";
import type { LiveRule, LiveRules } from "./live-rules.js";
import type { RecordedFaults } from "./recorded-faults.js";
import type { PreparedRule, RuleIndex } from "./rule-index.js";
import { Timetable } from "./timed-rules.js";

/** Counters by rule, so that a rule that replaces another one starts to count again. */
export type Counters = Map<LiveRule, Counter>;

/** What the connections of a run share. */
export interface RunMemory {
  readonly rules: LiveRules;
  readonly seed: number;
  /** In milliseconds since 1970. */
  readonly sessionStartMs: number;
  /** The faults of a recording that are done again; undefined where triggers decide. */
  readonly recorded: RecordedFaults | undefined;
  readonly everyone: Counters;
  /** The rules as they are now. */
  index(): RuleIndex;
  countersOf(identity: string): Counters;
  stationOf(identity: string): FollowedStation;
}

/** The connection that is decided for. */
export interface ConnectionFacts {
  readonly identity: string;
  /** Number among the connections of this identity in the run, from 1; 0 before there is a connection. */
  readonly ordinal: number;
  readonly version?: OcppVersion | undefined;
  /** Whether the peers agreed to compress their messages. */
  readonly compresses?: boolean | undefined;
}

/** CALLs of a connection, with their answers, for which rules have counters of their own. */
const mostExchanges = 1000;

/** An event has no messages before it that could be recalled. */
const noRecall: Recall = { callId: undefined, earlier: () => undefined };

/** Decides for one connection; keeps what rules have counted there. */
export class ConnectionDecider implements RuledConnection {
  readonly identity: string;
  readonly ordinal: number;
  readonly version: OcppVersion | undefined;
  readonly compresses: boolean;
  /** The rules of the run. */
  readonly rules: LiveRules;
  openedAtNs = 0;
  private readonly run: RunMemory;
  private index: RuleIndex | undefined;
  /** The charge point, while a rule asks for its state. */
  private followed: FollowedStation | undefined;
  private readonly up = new LaneMemory();
  private readonly down = new LaneMemory();
  private readonly counters: Counters = new Map();
  private readonly exchanges = new BoundedMap<string, Counters>(mostExchanges);
  /** Made when the connection opens. */
  private timetable: Timetable | undefined;
  /** The rules that act by the clock, and how often each has been due. */
  private timed: readonly PreparedRule[] = [];
  private readonly ticks = new Map<LiveRule, number>();

  constructor({ identity, ordinal, version, compresses = false }: ConnectionFacts, run: RunMemory) {
    this.identity = identity;
    this.ordinal = ordinal;
    this.version = version;
    this.compresses = compresses;
    this.rules = run.rules;
    this.run = run;
  }

  get sessionStartMs(): number {
    return this.run.sessionStartMs;
  }

  get station(): StationState {
    return this.run.stationOf(this.identity);
  }

  /** Decides on a message, a control frame or an event. Every message of a direction that rules can touch must come, in order. */
  decide(message: RuledMessage): Decision {
    this.refresh(message.atNs);
    const lane = this.laneOf(message.direction);
    const kind = lane.kindOf(message);
    const ordinal = ++kind.seen;
    const { callId } = lane;
    if (message.type === "CALL") lane.callId = message.id;
    const { rules, recalls } = kind.entry;
    const { followed } = this;
    if (rules.length === 0 && followed === undefined) return noEffect;
    let recall: Recall | undefined;
    let chain: FaultChain | undefined;
    for (const rule of rules) {
      if (!allHold(rule.checks, message)) continue;
      recall ??= { callId, earlier: (back) => kind.recollection?.earlier(back) };
      chain = this.act(rule, message, ordinal, recall, chain);
    }
    followed?.update(message);
    if (recalls && message.frames.length > 0) lane.remember(kind, message.bytes);
    return chain ?? noEffect;
  }

  /** Counts a message that is not decided on, so that a rule that is armed later draws by the same numbers. */
  count(message: RuledMessage): void {
    this.refresh(message.atNs);
    this.laneOf(message.direction).kindOf(message).seen++;
  }

  /** Bytes came, in either direction, which ends a silence. */
  noteBytes(atNs: number): void {
    this.timetable?.noteBytes(atNs);
  }

  /** When rules that act by the clock are due next; undefined while none is. */
  nextAtNs(): number | undefined {
    if (this.timetable === undefined) return undefined;
    this.refreshRules();
    return this.timed.length === 0 ? undefined : this.timetable.nextAtNs(this.timed);
  }

  /** Decides what the rules do whose time has come. */
  tick(atNs: number): Decision {
    this.refresh(atNs);
    let chain: FaultChain | undefined;
    for (const timed of this.timetable?.takeDue(this.timed, atNs) ?? []) {
      const ordinal = (this.ticks.get(timed.live) ?? 0) + 1;
      this.ticks.set(timed.live, ordinal);
      const { when, trigger } = timed.rule;
      const action = trigger.idle === undefined ? "schedule" : "idle";
      const event = connectionEvent(this, "connection", atNs, action);
      if (matches(when, event) === true) chain = this.act(timed, event, ordinal, noRecall, chain);
    }
    return chain ?? noEffect;
  }

  /** Applies a rule whose conditions hold, if its trigger fires. */
  private act(
    prepared: PreparedRule,
    message: RuledMessage,
    ordinal: number,
    recall: Recall,
    chain: FaultChain | undefined,
  ): FaultChain | undefined {
    const { live, rule } = prepared;
    const { ttl } = rule.trigger;
    if (ttl !== undefined && message.atNs - live.armedAtNs > ttl) return chain;
    live.matched++;
    const roll = (slot: string): number => this.draw(rule.id, message, ordinal, slot);
    const firing = this.fire(live, message, ordinal, roll);
    if (firing === undefined || chain?.isOver === true) return chain;
    live.applied++;
    const begun = chain ?? new FaultChain(message, recall);
    begun.apply(prepared, firing, ordinal, roll);
    return begun;
  }

  /** Asks the trigger, or the recording whose faults are done again. */
  private fire(
    live: LiveRule,
    message: RuledMessage,
    ordinal: number,
    roll: (slot: string) => number,
  ): Firing | undefined {
    const { rule } = live;
    const { trigger } = rule;
    const { recorded } = this.run;
    const rollTrigger = (): number => roll("trigger");
    if (recorded === undefined || isTimed(rule)) {
      const counter = found(this.countersOf(rule, message), live, createCounter);
      return fire(trigger, counter, message.atNs, rollTrigger);
    }
    const { direction, type, action = null } = message;
    const application = { rule: rule.id, connection: this.ordinal, direction, type, action, ordinal };
    if (!recorded.fires(application)) return undefined;
    return { draw: trigger.probability === undefined ? null : rollTrigger() };
  }

  private countersOf(rule: Rule, message: RuledMessage): Counters {
    switch (rule.trigger.per) {
      case "connection":
        return this.counters;
      case "exchange":
        return found(this.exchanges, exchangeOf(message), () => new Map<LiveRule, Counter>());
      case "identity":
        return this.run.countersOf(this.identity);
      case "all":
        return this.run.everyone;
    }
  }

  private draw(rule: string, message: RuledMessage, ordinal: number, slot: string): number {
    const { direction, type, action = "" } = message;
    const { seed, recorded } = this.run;
    const { identity } = recorded ?? this;
    return draw(seed, [rule, identity, this.ordinal, direction, type, action, ordinal, slot]);
  }

  private laneOf(direction: Direction): LaneMemory {
    return direction === "cp-to-csms" ? this.up : this.down;
  }

  private refresh(atNs: number): void {
    if (this.timetable === undefined) {
      this.openedAtNs = atNs;
      this.timetable = new Timetable(atNs);
    }
    this.refreshRules();
  }

  /** Takes the rules as they are now. */
  private refreshRules(): void {
    if (this.index?.generation === this.rules.generation) return;
    const { identity, ordinal, version } = this;
    const index = this.run.index();
    this.index = index;
    this.followed =
      index.needsState && this.rules.mayTouch(identity) ? this.run.stationOf(identity) : undefined;
    for (const direction of ["cp-to-csms", "csms-to-cp"] as const)
      this.laneOf(direction).use(index, index.forLane({ identity, ordinal, version, direction }));
    this.timed = index.timed(identity);
  }
}

const allHold = (checks: readonly MessageCheck[], message: RuledMessage): boolean => {
  for (const holds of checks) if (!holds(message)) return false;
  return true;
};

/** What a map holds for a key; made where it holds nothing. */
export function found<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** A CALL and its answer are one exchange, whichever way it goes. */
const exchangeOf = ({ direction, type, id = "" }: RuledMessage): string =>
  `${type === "CALL" ? direction : opposite(direction)} ${id}`;
