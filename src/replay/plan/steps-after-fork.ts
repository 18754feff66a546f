// Which part of a plan hangs on one answer: the rest of the transaction it belongs to, or, for a boot,
// everything until the next one. Looks at the plan alone; bounded, because a plan may hold days.

import { payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, transactionIdOf } from "../../ocpp/payload.js";
import type { CallStep, Expectation, Plan } from "./plan.js";
import { type StepFacts, stepFacts } from "./step-facts.js";

/** What hangs on an answer, by numbers in the plan. */
export interface DependentSteps {
  readonly steps: readonly number[];
  readonly expectations: readonly number[];
}

/** How far a transaction is followed, and how far behind an authorisation one is looked for. */
const farthest = 20_000;
const farthestBegin = 200;

const stepsOf = function* (plan: Plan, from: number): Generator<readonly [number, CallStep]> {
  const end = Math.min(plan.steps.length, from + farthest);
  for (let index = from + 1; index < end; index++) {
    const step = plan.steps[index];
    if (step?.kind === "call") yield [index, step];
  }
};

/** The steps behind a boot, up to the next one that the recording accepts. */
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
class Thread {
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

  /** Whether no transaction has begun yet. */
  get isWaiting(): boolean {
    return this.transaction === undefined;
  }

  /** Whether the step belongs to it. */
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

  /** Whether a call of the CSMS is about it. */
  isMeantBy({ text }: Expectation): boolean {
    const payload = payloadIn(text);
    const transaction = transactionIdOf(payload);
    if (transaction !== undefined) return transaction === this.transaction;
    return this.connector !== undefined && connectorOf(payload) === this.connector;
  }

  /** Of an authorisation: its transaction begins, or the same tag is asked for anew. */
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

/** The first recorded call behind a step; they stand in the order of the recording. */
const firstBehind = (expectations: readonly Expectation[], from: number): number => {
  let [low, high] = [0, expectations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((expectations[middle]?.before ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** What hangs on the answer to a message about a tag or a transaction. */
export function dependentSteps(plan: Plan, from: number): DependentSteps {
  const origin = plan.steps[from];
  if (origin?.kind !== "call") return { steps: [], expectations: [] };
  const thread = new Thread(stepFacts(origin));
  const steps: number[] = [];
  for (const [index, step] of stepsOf(plan, from)) {
    if (thread.isOver || (thread.isWaiting && index > from + farthestBegin)) break;
    if (thread.takes(step)) steps.push(index);
  }
  const last = steps.at(-1) ?? from;
  const expectations: number[] = [];
  for (let index = firstBehind(plan.expectations, from); index < plan.expectations.length; index++) {
    const one = plan.expectations[index];
    if (one === undefined || one.before > last) break;
    if (thread.isMeantBy(one)) expectations.push(index);
  }
  return { steps, expectations };
}
