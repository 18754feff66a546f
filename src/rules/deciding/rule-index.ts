// The armed rules of one moment, and which of them can act: on a lane, and on messages of one type and action. Entries are
// shared by all connections on which they are the same, so that what is checked at every message stays in the cache of
// the processor. For a charge point outside the fence the index holds no rule.

import { BoundedMap } from "../../base/bounded-map.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import type { FaultUse, Point } from "../contract/fault.js";
import { needsState } from "../language/condition-needs.js";
import { isTimed, type Rule } from "../language/rule-set.js";
import { checksOf, type KnownFacts, type MessageCheck, matches, openConditions } from "../matching/match.js";
import { PathPreparer } from "../matching/prepared-paths.js";
import type { LiveRule, LiveRules } from "./live-rules.js";

/** A rule with what can be known before any message. */
export interface PreparedRule {
  readonly live: LiveRule;
  readonly rule: Rule;
  /** The name under which each of its faults draws: the fault's name, and `#2` and so on where it is used again. */
  readonly slots: readonly string[];
  /** Whether one of its faults looks at earlier messages. */
  readonly recalls: boolean;
}

/** A rule that messages of one type and action can match. */
export interface IndexedRule extends PreparedRule {
  /** What is still to be checked for each of them. */
  readonly checks: readonly MessageCheck[];
}

/** The rules that messages of one type and action can match, in their order. */
export interface RuleIndexEntry {
  readonly rules: readonly IndexedRule[];
  /** Whether one of them looks at earlier messages. */
  readonly recalls: boolean;
}

/** The rules that can act on one lane, and what is known of it. */
export interface LaneRules {
  readonly rules: readonly PreparedRule[];
  readonly facts: KnownFacts;
}

/** The entry without rules. */
export const noRules: RuleIndexEntry = { rules: [], recalls: false };

/** Actions that peers make up can ask for ever new entries. */
const mostEntries = 1000;

interface NumberedRule {
  readonly indexed: IndexedRule;
  readonly number: number;
}

/** The rules of one generation. */
export class RuleIndex {
  readonly generation: number;
  /** Whether a rule asks for the state of charge points. */
  readonly needsState: boolean;
  private readonly live: LiveRules;
  private readonly rules: readonly PreparedRule[];
  private readonly numbered = new Map<PreparedRule, Map<number, NumberedRule>>();
  private readonly entries = new BoundedMap<string, RuleIndexEntry>(mostEntries);
  private readonly paths = new PathPreparer();
  private count = 0;

  constructor(live: LiveRules) {
    this.live = live;
    this.generation = live.generation;
    this.rules = live.active.map(prepare);
    this.needsState = this.rules.some(({ rule }) => needsState(rule.when));
  }

  /** The rules that can act on what comes in one direction of a connection. */
  forLane(facts: KnownFacts): LaneRules {
    const rules = this.within(facts.identity).filter(
      ({ rule }) => !isTimed(rule) && matches(rule.when, facts) !== false,
    );
    return { rules, facts };
  }

  /** The rules that act by the clock on the connections of this charge point. */
  timed(identity: string): readonly PreparedRule[] {
    return this.within(identity).filter(({ rule }) => isTimed(rule));
  }

  /** Those of the rules that messages of this type and action can match. */
  entry({ rules, facts }: LaneRules, type: DecidedType, action: string | undefined): RuleIndexEntry {
    const point = pointOf(type);
    const found: NumberedRule[] = [];
    for (const prepared of rules) {
      if (prepared.rule.point !== point) continue;
      const open = openConditions(prepared.rule.when, { ...facts, type, action });
      if (open !== undefined) found.push(this.number(prepared, open));
    }
    if (found.length === 0) return noRules;
    const key = found.map(({ number }) => number).join();
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const indexed = found.map((one) => one.indexed);
    const entry = { rules: indexed, recalls: indexed.some(({ recalls }) => recalls) };
    this.entries.set(key, entry);
    return entry;
  }

  private within(identity: string): readonly PreparedRule[] {
    return this.live.mayTouch(identity) ? this.rules : [];
  }

  private number(prepared: PreparedRule, open: number): NumberedRule {
    const ofRule = this.numbered.get(prepared) ?? new Map<number, NumberedRule>();
    this.numbered.set(prepared, ofRule);
    const known = ofRule.get(open);
    if (known !== undefined) return known;
    const { live, rule, slots, recalls } = prepared;
    const indexed = { live, rule, slots, recalls, checks: checksOf(rule.when, open, this.paths) };
    const made = { indexed, number: this.count++ };
    ofRule.set(open, made);
    return made;
  }
}

const prepare = (live: LiveRule): PreparedRule => {
  const { faults } = live.rule;
  return {
    live,
    rule: live.rule,
    slots: slotsOf(faults),
    recalls: faults.some(({ fault }) => fault.usesHistory),
  };
};

/** The names under which the faults of a rule draw. */
const slotsOf = (uses: readonly FaultUse[]): readonly string[] =>
  uses.map(({ fault }, i) => {
    const earlier = uses.slice(0, i).filter((use) => use.fault === fault).length;
    return earlier === 0 ? fault.name : `${fault.name}#${earlier + 1}`;
  });

/** The point at which a rule must act to act on this. */
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
