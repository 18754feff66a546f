// The calls of the CSMS that steps wait for: which one the step at the front needs, what is reported about it, and what
// happens to the steps when it does not come. Times are numbers in nanoseconds; the station sets the timers.

import { nsPerMs } from "../../../base/time.js";
import { writePointer } from "../../../ocpp/json/pointer.js";
import { type Edit, leavesOf, splice } from "../../../ocpp/json/spans.js";
import type { Cause, Expectation, Plan, PlanStep } from "../../plan/plan.js";
import { stepFacts } from "../../plan/step-facts.js";
import type { AwaitedCall } from "../../protocol.js";
import { type FlowOptions, usualFlow } from "../run/flow.js";
import type { Pacing } from "../run/pacing.js";

/** What the waits ask about the run. */
export interface RunView {
  /** Whether a recorded call has come, by its number among the plan's expectations. */
  readonly hasCome: (expectation: number) => boolean;
  /** Whether any connection is open on which a call could come. */
  readonly canCome: () => boolean;
  /** The value that this run has for a slot, as its characters stand in JSON. */
  readonly liveValue: (slot: number) => string | undefined;
}

/** A wait for a call. */
export interface CallWait {
  readonly dueNs: number;
  /** What is reported when the wait begins; undefined later. */
  readonly begun: AwaitedCall | undefined;
}

/** Follows the waits for calls. */
export class CallWaits {
  private readonly plan: Plan;
  private readonly pacing: Pacing;
  private readonly view: RunView;
  private readonly flow: FlowOptions;
  private waiting: { readonly expectation: number; readonly sinceNs: number } | undefined;
  /** Calls that nothing waits for any more. */
  private readonly givenUp = new Set<number>();
  private readonly skipped = new Map<number, string>();

  constructor(plan: Plan, pacing: Pacing, view: RunView) {
    this.plan = plan;
    this.pacing = pacing;
    this.view = view;
    this.flow = pacing.options.flow ?? usualFlow;
  }

  /** Why a step is left out; undefined for a step that is not. */
  whySkipped(index: number): string | undefined {
    return this.skipped.get(index);
  }

  /** The wait of the step at the front; undefined when the step may be done. */
  waitFor(index: number, step: PlanStep, atNs: number): CallWait | undefined {
    const { cause } = step;
    const expectation = cause === undefined ? undefined : this.plan.expectations[cause.expectation];
    if (cause === undefined || expectation === undefined || this.isWaitless(cause)) return undefined;
    if (this.view.hasCome(cause.expectation)) {
      if (this.waiting?.expectation === cause.expectation) this.pacing.callWaited(true);
      this.waiting = undefined;
      return undefined;
    }
    if (!this.view.canCome()) {
      // Nothing was waited for, so this is no timeout.
      this.givenUp.add(cause.expectation);
      return undefined;
    }
    if (this.waiting?.expectation === cause.expectation)
      return { dueNs: this.pacing.callDueNs(this.waiting.sinceNs), begun: undefined };
    const dueNs = this.pacing.callDueNs(atNs);
    this.waiting = { expectation: cause.expectation, sinceNs: atNs };
    // A wait that takes no time is not reported.
    if (dueNs <= atNs) return { dueNs, begun: undefined };
    return { dueNs, begun: this.describeCall(index, step, cause, expectation, dueNs - atNs) };
  }

  /** Ends the wait: the steps that the call causes are sent without it. */
  giveUp(): void {
    if (this.waiting === undefined) return;
    this.pacing.callWaited(false);
    this.givenUp.add(this.waiting.expectation);
    this.waiting = undefined;
  }

  /** Ends the wait: the steps that the call causes, and those that depend on them, are left out. */
  skip(from: number): void {
    const expectation = this.waiting?.expectation;
    if (expectation === undefined) return;
    const action = this.plan.expectations[expectation]?.action ?? "";
    this.giveUp();
    const slots = new Set<number>();
    const transactions = new Set<string>();
    for (let index = from; index < this.plan.steps.length; index++) {
      const step = this.plan.steps[index];
      // Later steps need the connections: ends and dials are never left out.
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

  /** What happens when the wait times out. */
  get policy(): FlowOptions["onMissingCall"] {
    return this.flow.onMissingCall;
  }

  /** The call that the step waits for, for a report. */
  describe(index: number, step: PlanStep): AwaitedCall | undefined {
    const { cause } = step;
    const expectation = cause === undefined ? undefined : this.plan.expectations[cause.expectation];
    return cause === undefined || expectation === undefined
      ? undefined
      : this.describeCall(index, step, cause, expectation, 0);
  }

  /** Whether the step does not wait: its call was given up, or the pace waits for values only. */
  private isWaitless(cause: Cause): boolean {
    if (this.givenUp.has(cause.expectation) || this.pacing.skipsWaits) return true;
    return this.pacing.options.pace === "asap" && !cause.brings;
  }

  private describeCall(
    index: number,
    step: PlanStep,
    cause: Cause,
    expectation: Expectation,
    waitNs: number,
  ): AwaitedCall {
    const { connection } = step;
    const { action, text, id } = expectation;
    const base = { kind: "waiting", step: index, connection, for: action, call: text, id } as const;
    const payload = payloadText(liveText(expectation, this.view.liveValue));
    return { ...base, payload, because: cause.what, timeoutMs: Math.round(waitNs / nsPerMs) };
  }
}

/** The recorded call with the values of this run instead of the recorded ones. */
const liveText = ({ text, bound }: Expectation, liveValue: RunView["liveValue"]): string => {
  if (bound.size === 0) return text;
  const edits = leavesOf(text).flatMap(({ path, offset, length }): Edit[] => {
    const slot = path[0] === 3 ? bound.get(writePointer(path.slice(1))) : undefined;
    const put = slot === undefined ? undefined : liveValue(slot);
    return put === undefined ? [] : [{ offset, length, put }];
  });
  return splice(text, edits);
};

/** The characters of a call's payload: what follows the third comma of the array. */
const payloadText = (text: string): string => {
  const start = /^\uFEFF?\s*\[\s*\d+\s*,\s*"(?:[^"\\]|\\.)*"\s*,\s*"(?:[^"\\]|\\.)*"\s*,/.exec(text)?.[0]
    .length;
  const end = text.lastIndexOf("]");
  return start === undefined || end < start ? "{}" : text.slice(start, end).trim();
};
