// Rules that act by the clock: after a silence, or at times since a connection opened. Knows when the next one is due and
// which are due now; holds no clock itself. Bytes in either direction end a silence.

import type { Trigger } from "../language/rule-set.js";

/** A rule as a timetable sees it; `rule` is what it remembers the rule by. */
interface Timed {
  readonly rule: { readonly trigger: Trigger };
}

/** When the rules of one connection act by the clock. All times in nanoseconds since the session's start. */
export class Timetable {
  private readonly openedAtNs: number;
  private lastBytesNs: number;
  /** For each rule the silence in which it has acted, by the time at which the silence began. */
  private readonly silences = new Map<Timed["rule"], number>();
  /** How many scheduled times of a rule are over. */
  private readonly done = new Map<Timed["rule"], number>();

  constructor(openedAtNs: number) {
    this.openedAtNs = openedAtNs;
    this.lastBytesNs = openedAtNs;
  }

  /** Bytes came, in either direction. */
  noteBytes(atNs: number): void {
    this.lastBytesNs = atNs;
  }

  /** When the first of these rules is due; undefined where none will be before more bytes come. */
  nextAtNs(rules: readonly Timed[]): number | undefined {
    let next: number | undefined;
    for (const { rule } of rules) {
      const due = this.dueAtNs(rule);
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    return next;
  }

  /** Takes the rules that are due; each is due again only for its next time or silence. */
  takeDue<Rule extends Timed>(rules: readonly Rule[], atNs: number): readonly Rule[] {
    return rules.filter(({ rule }) => {
      const due = this.dueAtNs(rule);
      if (due === undefined || due > atNs) return false;
      if (rule.trigger.idle !== undefined) this.silences.set(rule, this.lastBytesNs);
      else this.done.set(rule, this.timesUntil(rule, atNs));
      return true;
    });
  }

  private dueAtNs(rule: Timed["rule"]): number | undefined {
    const { idle, schedule } = rule.trigger;
    if (idle !== undefined)
      return this.silences.get(rule) === this.lastBytesNs ? undefined : this.lastBytesNs + idle;
    if (schedule === undefined) return undefined;
    const done = this.done.get(rule) ?? 0;
    if (schedule.kind === "every") return this.openedAtNs + (done + 1) * schedule.period;
    const time = schedule.times[done];
    return time === undefined ? undefined : this.openedAtNs + time;
  }

  /** How many scheduled times lie before this moment; missed ones are not made up for. */
  private timesUntil({ trigger: { schedule } }: Timed["rule"], atNs: number): number {
    if (schedule?.kind === "every") return Math.floor((atNs - this.openedAtNs) / schedule.period);
    return schedule?.times.filter((time) => this.openedAtNs + time <= atNs).length ?? 0;
  }
}
