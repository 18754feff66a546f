// What the rules make of one message, fault after fault: the copies that would go out, the delays that add up, and what
// else is asked of the relay. The first final fault ends it, for the rules behind as well.

import { concat } from "../base/bytes.js";
import { applyFault, type FaultUse, isFinal } from "./faults/registry.js";
import type { LiveRule } from "./live-rules.js";
import type { Applied, CloseOrder, Decision, MessageView, RuledOrder } from "./message-view.js";
import type { Observation } from "./observation.js";
import type { Rule } from "./rule-set.js";
import type { Firing } from "./trigger.js";

/** A rule with what can be known before any message. */
export interface Prepared {
  readonly live: LiveRule;
  readonly rule: Rule;
  /** The slot of the draws of each fault: its name, and `#2` and so on where it stands there again. */
  readonly slots: readonly string[];
}

/** What the rules have made of a message so far. */
export interface Course {
  copies: readonly Uint8Array[];
  changed: boolean;
  delayMs: number;
  holds: "message" | "lane";
  close: CloseOrder | undefined;
  readonly orders: RuledOrder[];
  over: boolean;
  readonly applied: Applied[];
}

/** The names under which the faults of a rule draw. */
export function slotsOf(uses: readonly FaultUse[]): readonly string[] {
  return uses.map(({ kind }, i) => {
    const earlier = uses.slice(0, i).filter((use) => use.kind === kind).length;
    return earlier === 0 ? kind : `${kind}#${earlier + 1}`;
  });
}

/** The course of a message at its beginning; of nothing where there is none. */
export function begin(message: MessageView | undefined): Course {
  return {
    copies: message === undefined ? [] : [concat(message.frames.map((frame) => frame.raw))],
    changed: false,
    delayMs: 0,
    holds: "message",
    close: undefined,
    orders: [],
    over: false,
    applied: [],
  };
}

/** Lets the faults of a rule act one after another, up to the first final one. */
export function act(
  { rule, slots }: Prepared,
  firing: Firing,
  ordinal: number,
  roll: (slot: string) => number,
  observation: Observation,
  course: Course,
): void {
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
}

/** What the relay has to do. */
export function effectOf(course: Course): Decision["effect"] {
  const { delayMs, holds, copies, changed, close, orders } = course;
  return {
    delayMs,
    holds,
    copies,
    changed,
    close,
    orders,
  };
}
