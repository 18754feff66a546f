// What the rules make of one message, fault after fault: the copies that would go out, the delays that add up, and what
// else is asked of the relay. The first final fault ends the chain, also for the rules after it.

import type { CloseAction, RuledAction } from "../contract/action.js";
import type { Applied, Decision } from "../contract/decision.js";
import type { FaultOutcome, Recall } from "../contract/fault.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import type { WaitCondition } from "../contract/wait.js";
import type { Firing } from "../matching/trigger.js";
import type { PreparedRule } from "./rule-index.js";

/** The decision on one message while it is made. */
export class FaultChain implements Decision {
  readonly applied: Applied[] = [];
  copies: readonly Uint8Array[];
  isChanged = false;
  delayMs = 0;
  holds: "message" | "lane" = "message";
  wait: WaitCondition | undefined;
  gapMs = 0;
  together = 1;
  close: CloseAction | undefined;
  readonly actions: RuledAction[] = [];
  skippedRule: string | undefined;
  /** A final fault has acted. */
  isOver = false;
  private readonly message: RuledMessage;
  private readonly recall: Recall;
  private readonly isCompressed: boolean;

  constructor(message: RuledMessage, recall: Recall) {
    this.message = message;
    this.recall = recall;
    this.copies = message.frames.length === 0 ? [] : [message.bytes];
    this.isCompressed = message.isCompressed;
  }

  /** Applies the faults of a rule one after another, up to the first final one; `roll` draws in [0, 1) for a slot. */
  apply(
    { rule, slots }: PreparedRule,
    firing: Firing,
    ordinal: number,
    roll: (slot: string) => number,
  ): void {
    const { message, recall } = this;
    for (const [i, { fault, settings }] of rule.faults.entries()) {
      const { name } = fault;
      if (this.isCompressed && !fault.takesCompressed) {
        this.skippedRule ??= rule.id;
        continue;
      }
      const slot = slots[i] ?? name;
      const draw = (part?: string): number => roll(part === undefined ? slot : `${slot}.${part}`);
      const made = fault.apply(settings, { message, copies: this.copies, draw, recall });
      this.add(made);
      for (const action of made.actions ?? []) this.actions.push({ action, rule: rule.id, fault: name });
      const { outcome } = made;
      const drawn = made.draw ?? firing.draw;
      this.applied.push({ rule: rule.id, fault: name, ordinal, draw: drawn, outcome, sent: this.copies });
      this.isOver = fault.final;
      if (this.isOver) return;
    }
  }

  /** Adds what a fault wants to what others wanted before it. */
  private add(outcome: FaultOutcome): void {
    if (outcome.gapMs !== undefined) this.together = outcome.together ?? 1;
    else this.together *= multiplied(this, outcome);
    if (outcome.copies !== this.copies) {
      this.copies = outcome.copies;
      this.isChanged = true;
    }
    this.delayMs += outcome.delay?.ms ?? 0;
    // What is decompressed in another order than it was compressed in is broken for good.
    if (outcome.delay?.holds === "lane" || this.isCompressed) this.holds = "lane";
    this.close ??= outcome.close;
    this.wait ??= outcome.wait;
    this.gapMs = Math.max(this.gapMs, outcome.gapMs ?? 0);
  }
}

/** By what a fault multiplied copies that go out apart: those that it added to one of them go out with it. */
const multiplied = ({ gapMs, copies }: Decision, outcome: FaultOutcome): number => {
  const factor = outcome.copies.length / copies.length;
  return gapMs > 0 && Number.isInteger(factor) && factor > 1 ? factor : 1;
};
