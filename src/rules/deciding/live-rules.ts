// The rules of a run, which can change while it runs: armed, disarmed, put, replaced. Every change has a generation,
// so that whoever derived something from the rules sees that it is out of date; a change takes effect at the next
// message. What a rule has counted belongs to its id and stays as long as the rule stays the same.

import { type Direction, opposite } from "../../base/direction.js";
import { isTimed, type Rule, type RuleSet } from "../language/rule-set.js";
import { asksForState } from "../language/state-asked.js";
import { couldFitLane } from "../matching/match.js";

/** A rule, whether it acts, and how often it did. */
export interface ListedRule {
  readonly rule: Rule;
  readonly armed: boolean;
  /** Messages that its conditions fitted while it was armed. */
  readonly matched: number;
  /** Messages that it acted on. */
  readonly applied: number;
}

/** A rule of a run with what is counted of it. */
export interface LiveRule {
  readonly rule: Rule;
  armed: boolean;
  /** Nanoseconds since the session's start. */
  armedAt: number;
  matched: number;
  applied: number;
}

/** Whether new rules act, and from when, in nanoseconds since the session's start. */
export interface Arming {
  readonly armed: boolean;
  readonly at?: number;
}

/** The rules of a run, in the order in which they act. */
export class LiveRules {
  /** Rises with every change. */
  generation = 0;
  /** Whether they can change while connections live; where they cannot, what no rule touches is left alone for good. */
  readonly mayChange: boolean;
  private rules: LiveRule[] = [];
  /** Asked at every byte that comes, and the same as long as the rules are. */
  private timed = { generation: 0, is: false };
  private readonly watchers = new Set<() => void>();

  constructor({ mayChange }: { readonly mayChange: boolean }) {
    this.mayChange = mayChange;
  }

  /** The rules of a file, all armed, for good. */
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

  /** Calls `over` once this rule acts no more, which may be now; what comes back forgets that. */
  onceDisarmed(id: string, over: () => void): () => void {
    const look = (): void => {
      if (this.rules.some(({ rule, armed }) => armed && rule.id === id)) return;
      this.watchers.delete(look);
      over();
    };
    this.watchers.add(look);
    look();
    return () => void this.watchers.delete(look);
  }

  /** Those that act, in their order. */
  get active(): readonly LiveRule[] {
    return this.rules.filter(({ armed }) => armed);
  }

  /** All of them, in their order. */
  list(): readonly ListedRule[] {
    return this.rules.map((live) => ({ ...live }));
  }

  /** Whether rules may touch this charge point at all; with undefined, whoever has not said yet who it is. */
  mayTouch(_identity: string | undefined): boolean {
    return true;
  }

  /** Whether an armed rule could ever act on messages of this charge point in this direction. */
  touches(identity: string, direction: Direction): boolean {
    return this.rules.some(({ rule, armed }) => {
      if (!armed) return false;
      if (actsOnFrames(rule) && couldFitLane(rule.when, { identity, direction })) return true;
      // The state of a charge point is told in both directions, and some faults reach over to the other.
      if (!asksForState(rule.when) && !crosses(rule)) return false;
      const ways = [direction, opposite(direction)];
      return ways.some((way) => couldFitLane(rule.when, { identity, direction: way }));
    });
  }

  /**
   * Puts these rules in place of all others. A rule that was there already, letter for letter, stays as it is with all
   * that it has counted; `armed` is for the others. Doing it twice is doing it once.
   */
  replace(ruleSet: RuleSet, { armed, at = 0 }: Arming): void {
    const before = new Map(this.rules.map((live) => [live.rule.id, live]));
    const rules = ruleSet.rules.map((rule) => {
      const known = before.get(rule.id);
      return known !== undefined && isSame(known.rule, rule) ? known : begin(rule, armed, at);
    });
    if (rules.length === this.rules.length && rules.every((live, i) => live === this.rules[i])) return;
    this.rules = rules;
    this.changed();
  }

  /** Adds a rule behind the others, or puts it in the place of the one with its id. */
  put(rule: Rule, { armed, at = 0 }: Arming): void {
    const place = this.rules.findIndex((live) => live.rule.id === rule.id);
    if (place < 0) this.rules.push(begin(rule, armed, at));
    else this.rules[place] = begin(rule, armed, at);
    this.changed();
  }

  /** Takes a rule away; false where there is none of that id. */
  remove(id: string): boolean {
    const left = this.rules.filter(({ rule }) => rule.id !== id);
    if (left.length === this.rules.length) return false;
    this.rules = left;
    this.changed();
    return true;
  }

  /** Lets a rule act, its time beginning anew; false where there is none of that id. */
  arm(id: string, at = 0): boolean {
    return this.set(id, true, at);
  }

  /** Lets a rule act no more; false where there is none of that id. */
  disarm(id: string): boolean {
    return this.set(id, false, 0);
  }

  /** Lets no rule act any more. */
  disarmAll(): void {
    if (this.active.length === 0) return;
    for (const live of this.rules) live.armed = false;
    this.changed();
  }

  private changed(): void {
    this.generation++;
    for (const look of [...this.watchers]) look();
  }

  private set(id: string, armed: boolean, at: number): boolean {
    const live = this.rules.find(({ rule }) => rule.id === id);
    if (live === undefined) return false;
    if (armed) live.armedAt = at;
    if (live.armed === armed) return true;
    live.armed = armed;
    this.changed();
    return true;
  }
}

const begin = (rule: Rule, armed: boolean, armedAt: number): LiveRule => ({
  rule,
  armed,
  armedAt,
  matched: 0,
  applied: 0,
});

/** Rules are plain data but for compiled patterns, which their sources stand for. */
const isSame = (a: Rule, b: Rule): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a rule can touch what goes the other way. */
const crosses = (rule: Rule): boolean => rule.faults.some(({ fault }) => fault.actsBothWays);

/** Whether the lanes must stop at messages or control frames for this rule. */
export function actsOnFrames({ point }: Rule): boolean {
  return point === "message" || point === "ping" || point === "pong";
}
