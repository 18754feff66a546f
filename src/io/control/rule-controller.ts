// Changes the rules of a run while traffic flows: for the admin API, when the rule file changes, and when the time of an armed
// rule is over. Every change is reported, so that the cassettes get a note of it. Rules with errors change nothing.

import { durationWords } from "../../base/duration.js";
import type { Issue } from "../../base/issue.js";
import type { ListedRule, LiveRules } from "../../rules/deciding/live-rules.js";
import { type BillingRisk, billingRiskOf } from "../../rules/language/billing-risk.js";
import { readRules } from "../../rules/language/read-rules.js";
import type { Rule, RuleSet } from "../../rules/language/rule-set.js";
import type { Clock } from "../platform/clock.js";
import { startTimer, type Timer } from "../platform/timers.js";

/** A change of the rules, or a refused one. */
export interface RuleChangeEvent {
  readonly code: "rules-armed" | "rules-disarmed" | "rules-changed" | "rules-refused";
  readonly message: string;
  readonly ids: readonly string[];
  /** The text of the new rules, for the cassette. */
  readonly source?: string;
}

/** How a controller is set up. */
export interface RuleControllerOptions {
  readonly rules: LiveRules;
  readonly clock: Clock;
  /** How long a rule stays armed by default, in milliseconds; undefined: until the run ends. */
  readonly defaultTtlMs: number | undefined;
  /** Whether arming needs a time limit: true if the target is marked production. */
  readonly needsTtl: boolean;
  readonly onChange: (event: RuleChangeEvent) => void;
}

/** A rule of the run. */
export interface ControlledRule extends ListedRule {
  /** When it disarms itself, in nanoseconds since the start of the run. */
  readonly disarmsAtNs: number | undefined;
  readonly risk: BillingRisk | undefined;
}

/** The result of a change. */
export type RuleChangeOutcome =
  | { readonly kind: "done"; readonly ids: readonly string[] }
  | { readonly kind: "unknown"; readonly id: string }
  | { readonly kind: "needs-ttl" }
  | { readonly kind: "wrong"; readonly issues: readonly Issue[] };

interface Expiry {
  readonly atNs: number;
  readonly timer: Timer;
}

const shown = (ids: readonly string[]): string =>
  ids.length === 0 ? "no rule" : `${ids.length === 1 ? "rule" : "rules"} ${ids.slice(0, 20).join(", ")}`;

const isSame = (a: Rule | undefined, b: Rule): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Changes the rules of a run. */
export class RuleController {
  private readonly options: RuleControllerOptions;
  private readonly expiries = new Map<string, Expiry>();
  /** Whether the rules have changed since the start. */
  private hasChanged = false;
  /** The texts of rules that came since the start, by rule id. */
  private readonly sources = new Map<string, string>();

  constructor(options: RuleControllerOptions) {
    this.options = options;
  }

  /** All rules, in their order. */
  list(): readonly ControlledRule[] {
    return this.options.rules.list().map((listed) => ({
      ...listed,
      disarmsAtNs: this.expiries.get(listed.rule.id)?.atNs,
      risk: billingRiskOf(listed.rule),
    }));
  }

  /** A rule by its id. */
  find(id: string): ControlledRule | undefined {
    return this.list().find(({ rule }) => rule.id === id);
  }

  /** Replaces all rules by those of a file. Unchanged rules stay armed; new ones are not armed. */
  replace(text: string, by: string): RuleChangeOutcome {
    const reading = readRules(text);
    if (reading.ruleSet === undefined) return this.refuse(reading.issues, by);
    return this.replaceAll(reading.ruleSet, by);
  }

  /** Adds the rules of a file. A rule with the id of an old one replaces it. New and changed rules are not armed. */
  add(text: string, by: string): RuleChangeOutcome {
    const reading = readRules(text);
    if (reading.ruleSet === undefined) return this.refuse(reading.issues, by);
    const { rules } = this.options;
    const changed = reading.ruleSet.rules.filter((rule) => !isSame(this.find(rule.id)?.rule, rule));
    for (const rule of changed) {
      rules.put(rule, { armed: false });
      this.clearExpiry(rule.id);
      this.keepSource(rule.id, text);
    }
    const ids = reading.ruleSet.rules.map(({ id }) => id);
    if (changed.length > 0)
      this.report("rules-changed", `${by} added ${shown(changed.map(({ id }) => id))}, not armed`, ids, text);
    return { kind: "done", ids };
  }

  /** Removes a rule. If there is none, nothing changes and the outcome has no ids. */
  remove(id: string, by: string): Extract<RuleChangeOutcome, { kind: "done" }> {
    if (!this.options.rules.remove(id)) return { kind: "done", ids: [] };
    this.clearExpiry(id);
    this.sources.delete(id);
    this.report("rules-changed", `${by} removed rule ${id}`, [id]);
    return { kind: "done", ids: [id] };
  }

  /** Arms these rules, or all, for a time or for the default time. */
  arm(ids: readonly string[] | undefined, ttlMs: number | undefined, by: string): RuleChangeOutcome {
    const chosen = this.choose(ids);
    if (chosen.kind !== "done") return chosen;
    const ms = ttlMs ?? this.options.defaultTtlMs;
    if (ms === undefined && this.options.needsTtl) return { kind: "needs-ttl" };
    for (const id of chosen.ids) {
      this.options.rules.arm(id, this.options.clock.now());
      this.clearExpiry(id);
      if (ms !== undefined) this.setExpiry(id, ms);
    }
    this.reportArmed(chosen.ids, ms, by);
    return chosen;
  }

  /** Disarms these rules, or all. */
  disarm(ids: readonly string[] | undefined, by: string): RuleChangeOutcome {
    const chosen = this.choose(ids);
    if (chosen.kind !== "done") return chosen;
    const armed = this.armedOf(chosen.ids);
    for (const id of chosen.ids) {
      this.options.rules.disarm(id);
      this.clearExpiry(id);
    }
    if (armed.length > 0) this.report("rules-disarmed", `${by} disarmed ${shown(armed)}`, armed);
    return chosen;
  }

  /** Starts the default time of the rules that are armed from the start. */
  begin(): void {
    const { defaultTtlMs } = this.options;
    if (defaultTtlMs === undefined) return;
    for (const { rule, armed } of this.list()) if (armed) this.setExpiry(rule.id, defaultTtlMs);
  }

  /** The note for a connection that opens now: the armed rules. Undefined if the rules have not changed since the start. */
  openingNote(): RuleChangeEvent | undefined {
    if (!this.hasChanged) return undefined;
    const ids = this.armedOf(this.list().map(({ rule }) => rule.id));
    const code = ids.length === 0 ? "rules-disarmed" : "rules-armed";
    return { code, message: `armed when the connection opened: ${shown(ids)}`, ids };
  }

  /** The texts of the current rules that came since the start. */
  sourcesSinceStart(): readonly string[] {
    return [...new Set([...this.sources.values()].reverse())].reverse();
  }

  /** Stops all timers; the rules stay as they are. */
  close(): void {
    for (const id of [...this.expiries.keys()]) this.clearExpiry(id);
  }

  private replaceAll(ruleSet: RuleSet, by: string): RuleChangeOutcome {
    const { rules } = this.options;
    const before = rules.generation;
    const known = new Map(this.list().map(({ rule }) => [rule.id, rule]));
    rules.replace(ruleSet, { armed: false });
    const ids = ruleSet.rules.map(({ id }) => id);
    if (rules.generation === before) return { kind: "done", ids };
    const fresh = ruleSet.rules.filter((rule) => !isSame(known.get(rule.id), rule)).map(({ id }) => id);
    const gone = [...known.keys()].filter((id) => !ids.includes(id));
    for (const id of [...fresh, ...gone]) this.clearExpiry(id);
    for (const id of fresh) this.keepSource(id, ruleSet.source);
    for (const id of gone) this.sources.delete(id);
    const parts = [
      `${by} replaced the rules`,
      fresh.length === 0 ? "" : `${shown(fresh)} new or changed, not armed`,
      gone.length === 0 ? "" : `${shown(gone)} removed`,
    ];
    this.report("rules-changed", parts.filter((part) => part !== "").join("; "), ids, ruleSet.source);
    return { kind: "done", ids };
  }

  /** The latest text comes last, because a later text overrides an earlier one. */
  private keepSource(id: string, text: string): void {
    this.sources.delete(id);
    this.sources.set(id, text);
  }

  private refuse(issues: readonly Issue[], by: string): RuleChangeOutcome {
    const first = issues[0];
    const firstError = first === undefined ? "" : `: ${first.where ?? "1:1"}: ${first.message}`;
    const count = `${issues.length} error${issues.length === 1 ? "" : "s"}`;
    this.report("rules-refused", `the rules of ${by} have ${count}; the old rules stay${firstError}`, []);
    return { kind: "wrong", issues };
  }

  private choose(ids: readonly string[] | undefined): RuleChangeOutcome {
    const all = this.options.rules.list().map(({ rule }) => rule.id);
    const unknown = ids?.find((id) => !all.includes(id));
    return unknown === undefined ? { kind: "done", ids: ids ?? all } : { kind: "unknown", id: unknown };
  }

  private armedOf(ids: readonly string[]): readonly string[] {
    return this.options.rules
      .list()
      .filter(({ armed, rule }) => armed && ids.includes(rule.id))
      .map(({ rule }) => rule.id);
  }

  private reportArmed(ids: readonly string[], ms: number | undefined, by: string): void {
    if (ids.length === 0) return;
    const time = ms === undefined ? "" : ` for ${durationWords(ms)}`;
    this.report("rules-armed", `${by} armed ${shown(ids)}${time}`, ids);
  }

  private setExpiry(id: string, ms: number): void {
    const timer = startTimer(() => this.expire(id, ms), ms).unref();
    this.expiries.set(id, { atNs: this.options.clock.now() + ms * 1e6, timer });
  }

  private clearExpiry(id: string): void {
    this.expiries.get(id)?.timer.stop();
    this.expiries.delete(id);
  }

  private expire(id: string, ms: number): void {
    this.expiries.delete(id);
    if (this.options.rules.disarm(id))
      this.report("rules-disarmed", `rule ${id} is disarmed, its ${durationWords(ms)} are over`, [id]);
  }

  private report(
    code: RuleChangeEvent["code"],
    message: string,
    ids: readonly string[],
    source?: string,
  ): void {
    this.hasChanged = true;
    this.options.onChange({ code, message, ids, ...(source === undefined ? {} : { source }) });
  }
}
