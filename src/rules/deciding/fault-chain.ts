// What the rules make of one message, fault after fault: the copies that would go out, the delays that add up, and what
// else is asked of the relay. The first final fault ends it, for the rules behind as well.

import { concat } from "../../base/bytes.js";
import type { Applied, CloseAction, Decision, MessageView, RuledAction } from "../contract/effect.js";
import type { FaultOutcome, FaultUse, Recall } from "../contract/fault.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import type { WaitCondition } from "../contract/wait.js";
import type { Rule } from "../language/rule-set.js";
import type { Firing } from "../matching/trigger.js";
import type { LiveRule } from "./live-rules.js";

/** A rule with what can be known before any message. */
export interface Prepared {
  readonly live: LiveRule;
  readonly rule: Rule;
  /** The slot of the draws of each fault: its name, and `#2` and so on where it stands there again. */
  readonly slots: readonly string[];
  /** Whether one of its faults looks at earlier messages. */
  readonly recalls: boolean;
}

/** What the rules have made of a message so far. */
export interface FaultChain {
  copies: readonly Uint8Array[];
  changed: boolean;
  delayMs: number;
  holds: "message" | "lane";
  close: CloseAction | undefined;
  wait: WaitCondition | undefined;
  gapMs: number;
  together: number;
  hindered: string | undefined;
  readonly actions: RuledAction[];
  over: boolean;
  readonly applied: Applied[];
}

/** The names under which the faults of a rule draw. */
export function slotsOf(uses: readonly FaultUse[]): readonly string[] {
  return uses.map(({ fault }, i) => {
    const earlier = uses.slice(0, i).filter((use) => use.fault === fault).length;
    return earlier === 0 ? fault.name : `${fault.name}#${earlier + 1}`;
  });
}

/** The course of a message at its beginning; of nothing where there is none. */
export function begin(view: MessageView | undefined): FaultChain {
  return {
    copies: view === undefined ? [] : [concat(view.frames.map((frame) => frame.raw))],
    changed: false,
    delayMs: 0,
    holds: "message",
    close: undefined,
    wait: undefined,
    gapMs: 0,
    together: 1,
    hindered: undefined,
    actions: [],
    over: false,
    applied: [],
  };
}

/** What a fault acts on. */
export interface Scene {
  readonly message: RuledMessage;
  readonly recall: Recall;
  readonly view: MessageView | undefined;
}

/** Lets the faults of a rule act one after another, up to the first final one. */
export function act(
  { rule, slots }: Prepared,
  firing: Firing,
  ordinal: number,
  roll: (slot: string) => number,
  { message, recall, view }: Scene,
  course: FaultChain,
): void {
  for (const [i, { fault, settings }] of rule.faults.entries()) {
    if (view?.isCompressed === true && !fault.takesCompressed) {
      course.hindered ??= rule.id;
      continue;
    }
    const slot = slots[i] ?? fault.name;
    const outcome = fault.apply(settings, {
      message,
      copies: course.copies,
      draw: (part) => roll(part === undefined ? slot : `${slot}.${part}`),
      recall,
    });
    compose(course, outcome, view?.isCompressed === true);
    for (const action of outcome.actions ?? [])
      course.actions.push({ action, rule: rule.id, fault: fault.name });
    course.applied.push({
      rule: rule.id,
      fault: fault.name,
      ordinal,
      draw: outcome.draw ?? firing.draw,
      outcome: outcome.outcome,
      sent: course.copies,
    });
    course.over = fault.final;
    if (course.over) return;
  }
}

/** Adds what a fault wants to what others wanted before it. */
const compose = (course: FaultChain, outcome: FaultOutcome, isCompressed: boolean): void => {
  if (outcome.gapMs !== undefined) course.together = outcome.together ?? 1;
  else course.together *= multiplied(course, outcome);
  if (outcome.copies !== course.copies) {
    course.copies = outcome.copies;
    course.changed = true;
  }
  course.delayMs += outcome.delay?.ms ?? 0;
  // What is decompressed in another order than it was compressed in is broken for good.
  if (outcome.delay?.holds === "lane" || isCompressed) course.holds = "lane";
  course.close ??= outcome.close;
  course.wait ??= outcome.wait;
  course.gapMs = Math.max(course.gapMs, outcome.gapMs ?? 0);
};

/** By what a fault multiplied copies that go out apart: those that it added to one of them go out with it. */
const multiplied = ({ gapMs, copies }: FaultChain, outcome: FaultOutcome): number => {
  const factor = outcome.copies.length / copies.length;
  return gapMs > 0 && Number.isInteger(factor) && factor > 1 ? factor : 1;
};

/** What the relay has to do. */
export function effectOf(course: FaultChain): Decision["effect"] {
  const { delayMs, holds, copies, changed, close, wait, gapMs, together, actions } = course;
  return { delayMs, holds, copies, changed, close, wait, gapMs, together, actions };
}
