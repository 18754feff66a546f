// The calls of the CSMS that steps wait for: which one the step at the front needs, what is said about it, and
// what becomes of the steps when it stays out. Knows the instant only as a number; timers are the station's.

import { nsPerMs } from "../../../base/time.js";
import { writePointer } from "../../../ocpp/json/pointer.js";
import { type Edit, leavesOf, splice } from "../../../ocpp/json/spans.js";
import type { Cause, Expectation, Plan, PlanStep } from "../../plan/plan.js";
import { stepFacts } from "../../plan/step-facts.js";
import type { AwaitedCall } from "../../protocol.js";
import { type FlowOptions, usualFlow } from "../run/flow.js";
import type { Pacing } from "../run/pacing.js";

/** What the waits need to know of the run. */
export interface RunView {
  /** Whether the call has come. */
  readonly hasCome: (expectation: number) => boolean;
  /** Whether any connection is open on which it could come. */
  readonly canCome: () => boolean;
  /** The value that this run has for a slot. */
  readonly liveValue: (slot: number) => string | undefined;
}

/** A wait for a call. */
export interface CallWait {
  readonly due: number;
  /** Set when it begins. */
  readonly said: AwaitedCall | undefined;
}

/** Keeps the waits for calls. */
export class CallWaits {
  private readonly plan: Plan;
  private readonly pacing: Pacing;
  private readonly view: RunView;
  private readonly flow: FlowOptions;
  private waiting: { readonly expectation: number; readonly since: number } | undefined;
  /** Calls that nothing waits for any more. */
  private readonly givenUp = new Set<number>();
  private readonly skipped = new Map<number, string>();

  constructor(plan: Plan, pacing: Pacing, view: RunView) {
    this.plan = plan;
    this.pacing = pacing;
    this.view = view;
    this.flow = pacing.options.flow ?? usualFlow;
  }

  /** Why a step is left out; undefined for one that is not. */
  whySkipped(index: number): string | undefined {
    return this.skipped.get(index);
  }

  /** The wait of the step at the front; undefined when it may be done. */
  waitOf(index: number, step: PlanStep, at: number): CallWait | undefined {
    const { cause } = step;
    const expectation = cause === undefined ? undefined : this.plan.expectations[cause.expectation];
    if (cause === undefined || expectation === undefined || this.isIdle(cause)) return undefined;
    if (this.view.hasCome(cause.expectation)) {
      if (this.waiting?.expectation === cause.expectation) this.pacing.callWaited(true);
      this.waiting = undefined;
      return undefined;
    }
    if (!this.view.canCome()) {
      // Nothing was waited for, so that costs no patience.
      this.givenUp.add(cause.expectation);
      return undefined;
    }
    if (this.waiting?.expectation === cause.expectation)
      return { due: this.pacing.callDue(this.waiting.since), said: undefined };
    const due = this.pacing.callDue(at);
    this.waiting = { expectation: cause.expectation, since: at };
    // Nothing is said about a wait that takes no time.
    return { due, said: due > at ? this.words(index, step, cause, expectation, due - at) : undefined };
  }

  /** Ends the wait in vain: the steps that follow from the call go without it. */
  giveUp(): void {
    if (this.waiting === undefined) return;
    this.pacing.callWaited(false);
    this.givenUp.add(this.waiting.expectation);
    this.waiting = undefined;
  }

  /** Ends the wait in vain: the steps that follow from the call, and those that need them, are left out. */
  skip(from: number): void {
    const expectation = this.waiting?.expectation;
    if (expectation === undefined) return;
    const action = this.plan.expectations[expectation]?.action ?? "";
    this.giveUp();
    const slots = new Set<number>();
    const transactions = new Set<string>();
    for (let index = from; index < this.plan.steps.length; index++) {
      const step = this.plan.steps[index];
      // What comes behind needs the connection: ends and dials are never left out.
      if (step?.kind !== "call") continue;
      const { transaction, starts } = stepFacts(step);
      const needs =
        step.cause?.expectation === expectation ||
        step.uses.some(({ slot }) => slots.has(slot)) ||
        (transaction !== undefined && transactions.has(transaction));
      if (!needs) continue;
      this.skipped.set(index, `left out: the CSMS did not call ${action}`);
      if (step.fills !== undefined) slots.add(step.fills);
      if (starts && transaction !== undefined) transactions.add(transaction);
    }
  }

  /** What the wait in vain leads to. */
  get policy(): FlowOptions["onMissingCall"] {
    return this.flow.onMissingCall;
  }

  /** What is said about the call that is waited for now. */
  describe(index: number, step: PlanStep): AwaitedCall | undefined {
    const { cause } = step;
    const expectation = cause === undefined ? undefined : this.plan.expectations[cause.expectation];
    return cause === undefined || expectation === undefined
      ? undefined
      : this.words(index, step, cause, expectation, 0);
  }

  /** Whether the step does not wait: its call was given up, or its pace waits for values alone. */
  private isIdle(cause: Cause): boolean {
    if (this.givenUp.has(cause.expectation) || this.pacing.isHurried) return true;
    return this.pacing.options.pace === "asap" && !cause.brings;
  }

  private words(
    index: number,
    step: PlanStep,
    cause: Cause,
    expectation: Expectation,
    ns: number,
  ): AwaitedCall {
    const { connection } = step;
    const { action, text, id } = expectation;
    const base = { kind: "waiting", step: index, connection, for: action, call: text, id } as const;
    const payload = payloadText(liveText(expectation, this.view.liveValue));
    return { ...base, payload, because: cause.what, timeoutMs: Math.round(ns / nsPerMs) };
  }
}

/** The recorded call with the values of this run in the place of recorded ones. */
const liveText = ({ text, bound }: Expectation, liveValue: RunView["liveValue"]): string => {
  if (bound.size === 0) return text;
  const edits = leavesOf(text).flatMap(({ path, offset, length }): Edit[] => {
    const slot = path[0] === 3 ? bound.get(writePointer(path.slice(1))) : undefined;
    const put = slot === undefined ? undefined : liveValue(slot);
    return put === undefined ? [] : [{ offset, length, put }];
  });
  return splice(text, edits);
};

/** The characters of a call's payload: what stands behind the third comma of the array. */
const payloadText = (text: string): string => {
  const start = /^\uFEFF?\s*\[\s*\d+\s*,\s*"(?:[^"\\]|\\.)*"\s*,\s*"(?:[^"\\]|\\.)*"\s*,/.exec(text)?.[0]
    .length;
  const end = text.lastIndexOf("]");
  return start === undefined || end < start ? "{}" : text.slice(start, end).trim();
};
