// The rules of a run, which can change while it runs: armed, disarmed, put, replaced. Every change has a generation, so
// that what was derived from the rules can be seen to be out of date; a change takes effect at the next message. What a
// rule has counted belongs to its id and stays as long as the rule stays the same. A fence keeps rules from charge
// points that nobody has listed, whatever the rules say.

import { type Direction, opposite } from "../../base/direction.js";
import { matchesGlob } from "../../text/glob.js";
import { needsState } from "../language/condition-needs.js";
import { isTimed, type Rule, type RuleSet } from "../language/rule-set.js";
import { matches } from "../matching/match.js";

/** A rule, whether it acts, and how often it did. */
export interface ListedRule {
  readonly rule: Rule;
  readonly armed: boolean;
  /** Messages that its conditions matched while it was armed. */
  readonly matched: number;
  /** Messages that it acted on. */
  readonly applied: number;
}

/** A rule of a run with what is counted of it. */
export interface LiveRule {
  readonly rule: Rule;
  armed: boolean;
  /** Nanoseconds since the session's start. */
  armedAtNs: number;
  matched: number;
  applied: number;
}

/** Whether new rules act, and since when. */
export interface Arming {
  readonly armed: boolean;
  /** Nanoseconds since the session's start; 0 by default. */
  readonly atNs?: number;
}

/** The charge points that rules may touch: identities as they are, or globs over them. */
export type IdentityFence = readonly string[];

/** What the rules of a run can do. */
export interface LiveRulesOptions {
  /** Whether rules can change while connections are open. Where they cannot, a direction that no rule touches is a tap for good. */
  readonly mayChange: boolean;
  /** Undefined: rules may touch every charge point. */
  readonly fence?: IdentityFence | undefined;
}

/** The rules of a run, in the order in which they act. */
export class LiveRules {
  /** Rises with every change. */
  generation = 0;
  readonly mayChange: boolean;
  private readonly fence: IdentityFence | undefined;
  private rules: LiveRule[] = [];
  /** Whether a rule acts by the clock; asked for at every chunk of bytes, so it is kept for a generation. */
  private timed = { generation: 0, is: false };
  private readonly watchers = new Set<() => void>();

  constructor({ mayChange, fence }: LiveRulesOptions) {
    this.mayChange = mayChange;
    this.fence = fence;
  }

  /** The rules of a file, all armed, which never change. */
  static armed(ruleSet: RuleSet): LiveRules {
    const live = new LiveRules({ mayChange: false });
    live.replace(ruleSet, { armed: true });
    return live;
  }

  /** Whether an armed rule acts by the clock. */
  get hasTimed(): boolean {
    if (this.timed.generation !== this.generation) {
      const is = this.rules.some(({ rule, armed }) => armed && isTimed(rule));
      this.timed = { generation: this.generation, is };
    }
    return this.timed.is;
  }

  /** Calls `over` once this rule is not armed, which may be at once; returns a function that cancels it. */
  onceDisarmed(id: string, over: () => void): () => void {
    const check = (): void => {
      if (this.rules.some(({ rule, armed }) => armed && rule.id === id)) return;
      this.watchers.delete(check);
      over();
    };
    this.watchers.add(check);
    check();
    return () => void this.watchers.delete(check);
  }

  /** The armed rules, in their order. */
  get active(): readonly LiveRule[] {
    return this.rules.filter(({ armed }) => armed);
  }

  /** All rules, in their order. */
  list(): readonly ListedRule[] {
    return this.rules.map((live) => ({ ...live }));
  }

  /** Whether the fence lets rules touch this charge point; undefined is one that has not given its identity yet. */
  mayTouch(identity: string | undefined): boolean {
    if (this.fence === undefined) return true;
    // An identity may hold asterisks of its own.
    return (
      identity !== undefined && this.fence.some((entry) => entry === identity || matchesGlob(entry, identity))
    );
  }

  /** Whether an armed rule could ever act on messages of this charge point in this direction. */
  touches(identity: string, direction: Direction): boolean {
    if (!this.mayTouch(identity)) return false;
    const couldMatch = (rule: Rule, way: Direction): boolean =>
      matches(rule.when, { identity, direction: way }) !== false;
    return this.rules.some(({ rule, armed }) => {
      if (!armed) return false;
      if (actsOnFrames(rule) && couldMatch(rule, direction)) return true;
      // Both directions show the state of a charge point, and some faults act on the other direction as well.
      if (!needsState(rule.when) && !crosses(rule)) return false;
      return couldMatch(rule, direction) || couldMatch(rule, opposite(direction));
    });
  }

  /**
   * Replaces all rules. A rule that was there already, letter for letter, stays as it is with all that it has counted;
   * `armed` is for the others. Replacing by the same rules again changes nothing.
   */
  replace(ruleSet: RuleSet, { armed, atNs = 0 }: Arming): void {
    const before = new Map(this.rules.map((live) => [live.rule.id, live]));
    const rules = ruleSet.rules.map((rule) => {
      const known = before.get(rule.id);
      return known !== undefined && isSame(known.rule, rule) ? known : begin(rule, armed, atNs);
    });
    if (rules.length === this.rules.length && rules.every((live, i) => live === this.rules[i])) return;
    this.rules = rules;
    this.changed();
  }

  /** Adds a rule after the others, or replaces the one with its id. */
  put(rule: Rule, { armed, atNs = 0 }: Arming): void {
    const index = this.rules.findIndex((live) => live.rule.id === rule.id);
    if (index < 0) this.rules.push(begin(rule, armed, atNs));
    else this.rules[index] = begin(rule, armed, atNs);
    this.changed();
  }

  /** Removes a rule; false where there is none with that id. */
  remove(id: string): boolean {
    const left = this.rules.filter(({ rule }) => rule.id !== id);
    if (left.length === this.rules.length) return false;
    this.rules = left;
    this.changed();
    return true;
  }

  /** Arms a rule, whose time to live starts again; false where there is none with that id. */
  arm(id: string, atNs = 0): boolean {
    return this.set(id, true, atNs);
  }

  /** Disarms a rule; false where there is none with that id. */
  disarm(id: string): boolean {
    return this.set(id, false, 0);
  }

  /** Disarms every rule. */
  disarmAll(): void {
    if (this.active.length === 0) return;
    for (const live of this.rules) live.armed = false;
    this.changed();
  }

  private changed(): void {
    this.generation++;
    for (const check of [...this.watchers]) check();
  }

  private set(id: string, armed: boolean, atNs: number): boolean {
    const live = this.rules.find(({ rule }) => rule.id === id);
    if (live === undefined) return false;
    if (armed) live.armedAtNs = atNs;
    if (live.armed === armed) return true;
    live.armed = armed;
    this.changed();
    return true;
  }
}

const begin = (rule: Rule, armed: boolean, armedAtNs: number): LiveRule => ({
  rule,
  armed,
  armedAtNs,
  matched: 0,
  applied: 0,
});

/** Rules are plain data except for faults and compiled patterns, whose names and sources are compared. */
const isSame = (a: Rule, b: Rule): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a rule can act on what goes the other way. */
const crosses = (rule: Rule): boolean => rule.faults.some(({ fault }) => fault.actsBothWays);

/** Whether a rule acts on messages or control frames, so that lanes must hold them until it has decided. */
export function actsOnFrames({ point }: Rule): boolean {
  return point === "message" || point === "ping" || point === "pong";
}
