// The controller at which rules are changed while traffic runs: by a file that changed, by the admin API, by the time that an
// arming was given. Everything that is done is told, so that it stands on the cassettes; what cannot be read changes nothing.

import { durationWords } from "../../base/duration.js";
import type { Issue } from "../../base/issue.js";
import type { ListedRule, LiveRules } from "../../rules/deciding/live-rules.js";
import { type BillingRisk, billingRiskOf } from "../../rules/language/billing-risk.js";
import { readRules } from "../../rules/language/read-rules.js";
import type { Rule, RuleSet } from "../../rules/language/rule-set.js";
import type { Clock } from "../platform/clock.js";
import { startTimer, type Timer } from "../platform/timers.js";

/** Something that was done to the rules, for cassettes, people and programs. */
export interface RuleChangeEvent {
  readonly code: "rules-armed" | "rules-disarmed" | "rules-changed" | "rules-refused";
  readonly message: string;
  readonly ids: readonly string[];
  /** The text of the rules that were put, so that a cassette can hold what acted on it. */
  readonly source?: string;
}

/** What a controller works on. */
export interface RuleControllerOptions {
  readonly rules: LiveRules;
  readonly clock: Clock;
  /** Milliseconds for which rules are armed where nothing else is said; undefined for as long as the run lasts. */
  readonly usualTtlMs: number | undefined;
  /** Nothing is armed without a time at which it ends: for targets that are marked production. */
  readonly needsTtl: boolean;
  readonly tell: (event: RuleChangeEvent) => void;
}

/** A rule on the controller. */
export interface ControlledRule extends ListedRule {
  /** When it disarms itself, in nanoseconds since the session's start. */
  readonly until: number | undefined;
  readonly risk: BillingRisk | undefined;
}

/** What became of an attempt. */
export type RuleChangeOutcome =
  | { readonly kind: "done"; readonly ids: readonly string[] }
  | { readonly kind: "unknown"; readonly id: string }
  | { readonly kind: "needs-ttl" }
  | { readonly kind: "wrong"; readonly issues: readonly Issue[] };

interface Fuse {
  readonly until: number;
  readonly timer: Timer;
}

const shown = (ids: readonly string[]): string =>
  ids.length === 0 ? "no rule" : `${ids.length === 1 ? "rule" : "rules"} ${ids.slice(0, 20).join(", ")}`;

const isSame = (a: Rule | undefined, b: Rule): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Changes the rules of a run. */
export class RuleController {
  private readonly options: RuleControllerOptions;
  private readonly fuses = new Map<string, Fuse>();
  /** Something was done since the start. */
  private hasChanged = false;
  /** The texts that rules came in with since the start, by their ids. */
  private readonly sources = new Map<string, string>();

  constructor(options: RuleControllerOptions) {
    this.options = options;
  }

  /** All rules in their order. */
  list(): readonly ControlledRule[] {
    return this.options.rules.list().map((listed) => ({
      ...listed,
      until: this.fuses.get(listed.rule.id)?.until,
      risk: billingRiskOf(listed.rule),
    }));
  }

  /** A rule by its id. */
  find(id: string): ControlledRule | undefined {
    return this.list().find(({ rule }) => rule.id === id);
  }

  /** Puts the rules of a file in place of all others; those that stay the same stay armed, new ones are not. */
  replace(text: string, by: string): RuleChangeOutcome {
    const reading = readRules(text);
    if (reading.ruleSet === undefined) return this.refuse(reading.issues, by);
    return this.take(reading.ruleSet, by);
  }

  /** Adds the rules of a file, or puts them in the place of those with their ids; changed ones are not armed. */
  add(text: string, by: string): RuleChangeOutcome {
    const reading = readRules(text);
    if (reading.ruleSet === undefined) return this.refuse(reading.issues, by);
    const { rules } = this.options;
    const changed = reading.ruleSet.rules.filter((rule) => !isSame(this.find(rule.id)?.rule, rule));
    for (const rule of changed) {
      rules.put(rule, { armed: false });
      this.cutFuse(rule.id);
      this.keepSource(rule.id, text);
    }
    const ids = reading.ruleSet.rules.map(({ id }) => id);
    if (changed.length > 0)
      this.tell("rules-changed", `${by} put ${shown(changed.map(({ id }) => id))}, not armed`, ids, text);
    return { kind: "done", ids };
  }

  /** Takes a rule away; where there is none, nothing is done, and no id told. */
  remove(id: string, by: string): Extract<RuleChangeOutcome, { kind: "done" }> {
    if (!this.options.rules.remove(id)) return { kind: "done", ids: [] };
    this.cutFuse(id);
    this.sources.delete(id);
    this.tell("rules-changed", `${by} took rule ${id} away`, [id]);
    return { kind: "done", ids: [id] };
  }

  /** Arms these rules, or all; for so long, or for the usual time. */
  arm(ids: readonly string[] | undefined, ttlMs: number | undefined, by: string): RuleChangeOutcome {
    const chosen = this.choose(ids);
    if (chosen.kind !== "done") return chosen;
    const ms = ttlMs ?? this.options.usualTtlMs;
    if (ms === undefined && this.options.needsTtl) return { kind: "needs-ttl" };
    for (const id of chosen.ids) {
      this.options.rules.arm(id, this.options.clock.now());
      this.cutFuse(id);
      if (ms !== undefined) this.setFuse(id, ms);
    }
    this.sayArmed(chosen.ids, ms, by);
    return chosen;
  }

  /** Disarms these rules, or all. */
  disarm(ids: readonly string[] | undefined, by: string): RuleChangeOutcome {
    const chosen = this.choose(ids);
    if (chosen.kind !== "done") return chosen;
    const armed = this.armedOf(chosen.ids);
    for (const id of chosen.ids) {
      this.options.rules.disarm(id);
      this.cutFuse(id);
    }
    if (armed.length > 0) this.tell("rules-disarmed", `${by} disarmed ${shown(armed)}`, armed);
    return chosen;
  }

  /** Gives what stands armed from the start its time. */
  begin(): void {
    const { usualTtlMs } = this.options;
    if (usualTtlMs === undefined) return;
    for (const { rule, armed } of this.list()) if (armed) this.setFuse(rule.id, usualTtlMs);
  }

  /** What a connection that begins now is told: the rules that are armed, where that is not as it was at the start. */
  greeting(): RuleChangeEvent | undefined {
    if (!this.hasChanged) return undefined;
    const ids = this.armedOf(this.list().map(({ rule }) => rule.id));
    const code = ids.length === 0 ? "rules-disarmed" : "rules-armed";
    return { code, message: `armed when the connection began: ${shown(ids)}`, ids };
  }

  /** The texts that today's rules came in with since the start. */
  sourcesSinceStart(): readonly string[] {
    return [...new Set([...this.sources.values()].reverse())].reverse();
  }

  /** Ends all waiting; the rules stay as they are. */
  close(): void {
    for (const id of [...this.fuses.keys()]) this.cutFuse(id);
  }

  private take(ruleSet: RuleSet, by: string): RuleChangeOutcome {
    const { rules } = this.options;
    const before = rules.generation;
    const known = new Map(this.list().map(({ rule }) => [rule.id, rule]));
    rules.replace(ruleSet, { armed: false });
    const ids = ruleSet.rules.map(({ id }) => id);
    if (rules.generation === before) return { kind: "done", ids };
    const fresh = ruleSet.rules.filter((rule) => !isSame(known.get(rule.id), rule)).map(({ id }) => id);
    const gone = [...known.keys()].filter((id) => !ids.includes(id));
    for (const id of [...fresh, ...gone]) this.cutFuse(id);
    for (const id of fresh) this.keepSource(id, ruleSet.source);
    for (const id of gone) this.sources.delete(id);
    const parts = [
      `${by} replaced the rules`,
      fresh.length === 0 ? "" : `${shown(fresh)} new or changed, not armed`,
      gone.length === 0 ? "" : `${shown(gone)} gone`,
    ];
    this.tell("rules-changed", parts.filter((part) => part !== "").join("; "), ids, ruleSet.source);
    return { kind: "done", ids };
  }

  /** The latest text comes last: what it says of a rule goes before what older ones say. */
  private keepSource(id: string, text: string): void {
    this.sources.delete(id);
    this.sources.set(id, text);
  }

  private refuse(issues: readonly Issue[], by: string): RuleChangeOutcome {
    const first = issues[0];
    const place = first === undefined ? "" : `: ${first.where ?? "1:1"}: ${first.message}`;
    const count = `${issues.length} error${issues.length === 1 ? "" : "s"}`;
    this.tell("rules-refused", `the rules of ${by} have ${count}, the old ones stay${place}`, []);
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

  private sayArmed(ids: readonly string[], ms: number | undefined, by: string): void {
    if (ids.length === 0) return;
    const span = ms === undefined ? "" : ` for ${durationWords(ms)}`;
    this.tell("rules-armed", `${by} armed ${shown(ids)}${span}`, ids);
  }

  private setFuse(id: string, ms: number): void {
    const timer = startTimer(() => this.burn(id, ms), ms).unref();
    this.fuses.set(id, { until: this.options.clock.now() + ms * 1e6, timer });
  }

  private cutFuse(id: string): void {
    this.fuses.get(id)?.timer.stop();
    this.fuses.delete(id);
  }

  private burn(id: string, ms: number): void {
    this.fuses.delete(id);
    if (this.options.rules.disarm(id))
      this.tell("rules-disarmed", `rule ${id} was armed for ${ms / 1000} s, which are over: it is disarmed`, [
        id,
      ]);
  }

  private tell(
    code: RuleChangeEvent["code"],
    message: string,
    ids: readonly string[],
    source?: string,
  ): void {
    this.hasChanged = true;
    this.options.tell({ code, message, ids, ...(source === undefined ? {} : { source }) });
  }
}
