// The part of a plan that depends on one answer: the rest of its transaction, or, for a boot, everything until the next
// boot. Bounded, because a plan may hold days.

import { payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, transactionIdOf } from "../../ocpp/payload.js";
import type { CallStep, Expectation, Plan } from "./plan.js";
import { type StepFacts, stepFacts } from "./step-facts.js";

/** The steps and expectations that depend on an answer, by their numbers in the plan. */
export interface DependentSteps {
  readonly steps: readonly number[];
  readonly expectations: readonly number[];
}

/** How many steps a transaction is followed, and after how many steps of an authorisation it may start. */
const maxSteps = 20_000;
const maxStepsToStart = 200;

const stepsOf = function* (plan: Plan, from: number): Generator<readonly [number, CallStep]> {
  const end = Math.min(plan.steps.length, from + maxSteps);
  for (let index = from + 1; index < end; index++) {
    const step = plan.steps[index];
    if (step?.kind === "call") yield [index, step];
  }
};

/** How many CALLs follow a boot up to the next boot. */
export function stepsUntilNextBoot(plan: Plan, from: number): number {
  let count = 0;
  for (let index = from + 1; index < plan.steps.length; index++) {
    const step = plan.steps[index];
    if (step?.kind !== "call") continue;
    if (step.action === "BootNotification") break;
    count++;
  }
  return count;
}

/** Follows one transaction through a plan. */
class TransactionThread {
  private readonly tag: string | undefined;
  private connector: string | undefined;
  private transaction: string | undefined;
  isOver: boolean;

  constructor(origin: StepFacts) {
    this.tag = origin.tag;
    this.connector = origin.connector;
    this.transaction = origin.transaction;
    this.isOver = origin.ends;
  }

  /** Whether the transaction has not started yet. */
  get isWaiting(): boolean {
    return this.transaction === undefined;
  }

  /** Whether the step belongs to the transaction. */
  takes(step: CallStep): boolean {
    const facts = stepFacts(step);
    if (this.transaction === undefined) return this.begins(step, facts);
    if (facts.transaction === this.transaction) {
      this.isOver = facts.ends;
      return true;
    }
    const isHere = this.connector !== undefined && facts.connector === this.connector;
    if (isHere && facts.starts) this.isOver = true;
    return isHere && !facts.starts;
  }

  /** Whether a call of the CSMS is about the transaction. */
  isNamedBy({ text }: Expectation): boolean {
    const payload = payloadIn(text);
    const transaction = transactionIdOf(payload);
    if (transaction !== undefined) return transaction === this.transaction;
    return this.connector !== undefined && connectorOf(payload) === this.connector;
  }

  /** After an authorisation: whether the step starts its transaction; the same tag authorised again ends the search. */
  private begins(step: CallStep, facts: StepFacts): boolean {
    if (facts.tag === undefined || facts.tag !== this.tag) return false;
    if (facts.transaction === undefined) {
      this.isOver = true;
      return step.action === "StartTransaction";
    }
    this.transaction = facts.transaction;
    this.connector = facts.connector ?? this.connector;
    this.isOver = facts.ends;
    return true;
  }
}

/** The number of the first recorded call after a step; calls are in the order of the recording. */
const firstAfter = (expectations: readonly Expectation[], from: number): number => {
  let [low, high] = [0, expectations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((expectations[middle]?.before ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** What depends on the answer to a message about an id tag or a transaction. */
export function dependentSteps(plan: Plan, from: number): DependentSteps {
  const origin = plan.steps[from];
  if (origin?.kind !== "call") return { steps: [], expectations: [] };
  const thread = new TransactionThread(stepFacts(origin));
  const steps: number[] = [];
  for (const [index, step] of stepsOf(plan, from)) {
    if (thread.isOver || (thread.isWaiting && index > from + maxStepsToStart)) break;
    if (thread.takes(step)) steps.push(index);
  }
  const last = steps.at(-1) ?? from;
  const expectations: number[] = [];
  for (let index = firstAfter(plan.expectations, from); index < plan.expectations.length; index++) {
    const one = plan.expectations[index];
    if (one === undefined || one.before > last) break;
    if (thread.isNamedBy(one)) expectations.push(index);
  }
  return { steps, expectations };
}
