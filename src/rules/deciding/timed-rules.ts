// Rules that act by the clock: after a silence, or at times since a connection came about. Says when the next one is
// due and which are due now; holds no clock itself. Bytes in either direction end a silence.

import type { Trigger } from "../language/rule-set.js";

/** When the rules of one connection act by themselves. */
export class Timetable<Rule extends { readonly trigger: Trigger }> {
  private readonly openedAt: number;
  private heardAt: number;
  /** Silences that a rule has had its turn in, by the instant at which they began. */
  private readonly silences = new Map<Rule, number>();
  /** How many scheduled instants of a rule have passed. */
  private readonly passed = new Map<Rule, number>();

  constructor(openedAt: number) {
    this.openedAt = openedAt;
    this.heardAt = openedAt;
  }

  /** Something came. */
  heard(at: number): void {
    this.heardAt = at;
  }

  /** When the first of these rules is due; undefined where none will be before something comes. */
  nextAt(rules: readonly Rule[]): number | undefined {
    let next: number | undefined;
    for (const rule of rules) {
      const due = this.dueAt(rule);
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    return next;
  }

  /** The rules whose time has come; each has had its turn by that. */
  due(rules: readonly Rule[], at: number): readonly Rule[] {
    return rules.filter((rule) => {
      const due = this.dueAt(rule);
      if (due === undefined || due > at) return false;
      if (rule.trigger.idle !== undefined) this.silences.set(rule, this.heardAt);
      else this.passed.set(rule, this.passedBy(rule, at));
      return true;
    });
  }

  private dueAt(rule: Rule): number | undefined {
    const { idle, schedule } = rule.trigger;
    if (idle !== undefined) return this.silences.get(rule) === this.heardAt ? undefined : this.heardAt + idle;
    if (schedule === undefined) return undefined;
    const passed = this.passed.get(rule) ?? 0;
    if (schedule.kind === "every") return this.openedAt + (passed + 1) * schedule.period;
    const time = schedule.times[passed];
    return time === undefined ? undefined : this.openedAt + time;
  }

  /** Scheduled instants up to now; what was missed is not made up for. */
  private passedBy(rule: Rule, at: number): number {
    const { schedule } = rule.trigger;
    if (schedule?.kind === "every") return Math.floor((at - this.openedAt) / schedule.period);
    return schedule?.times.filter((time) => this.openedAt + time <= at).length ?? 0;
  }
}
