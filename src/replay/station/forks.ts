// Forks: answers after which a real station would have behaved differently from the recorded one. Finds them, and says of
// each later message which fork it depends on, so that one refused id tag is one line in the output.
//
// A message that depends on a fork makes no further fork. Everything after a boot that was not accepted depends on it,
// until a boot is accepted. For the messages of a transaction, a missing answer is a fork if the recording has one.

import { ParsedMessage } from "../../ocpp/envelope/parsed-message.js";
import { authorizationStatusOf, textAt } from "../../ocpp/payload.js";
import type { CallStep, Plan } from "../plan/plan.js";
import { stepFacts } from "../plan/step-facts.js";
import { dependentSteps, stepsUntilNextBoot } from "../plan/steps-after-fork.js";
import type { Compared, Fork, ForkCount } from "../protocol.js";
import type { ReceivedAnswer } from "../received-message.js";

/** What an answer means to a station. */
interface AnswerOutcome {
  /** Whether it accepts; undefined where it neither accepts nor refuses. */
  readonly accepts: boolean | undefined;
  /** The status, or the code of an error. */
  readonly words: string;
  readonly isError: boolean;
}

type Watched = "boot" | "tag" | "transaction";

const watched: Readonly<Record<string, Watched>> = {
  BootNotification: "boot",
  Authorize: "tag",
  StartTransaction: "transaction",
  StopTransaction: "transaction",
  MeterValues: "transaction",
  TransactionEvent: "transaction",
};

const whatOf: Readonly<Record<Watched, string>> = {
  boot: "the boot",
  tag: "the authorisation",
  transaction: "the transaction",
};

const statusIn = (payload: unknown): string | undefined =>
  authorizationStatusOf(payload) ?? textAt(payload, "status");

const outcomeOf = ({ envelope, payload }: ParsedMessage): AnswerOutcome => {
  if (envelope.kind === "call-error") return { accepts: false, words: envelope.code, isError: true };
  const status = statusIn(payload);
  const accepts = status === undefined ? undefined : status === "Accepted";
  return { accepts, words: status ?? "an answer", isError: false };
};

/** Why the live answer is a fork, in words; undefined where it is none. */
const forkReason = (
  kind: Watched,
  recorded: AnswerOutcome,
  live: AnswerOutcome | undefined,
): string | undefined => {
  const what = whatOf[kind];
  if (recorded.isError) return undefined;
  if (live === undefined) return kind === "transaction" ? `${what} got no answer` : undefined;
  if (live.isError) return kind === "tag" && recorded.accepts !== true ? undefined : `${what} got an error`;
  if (recorded.accepts === true && live.accepts === false) return `${what} was not accepted`;
  if (kind !== "boot" && recorded.accepts === false && live.accepts === true)
    return `${what} was accepted, but refused in the recording`;
  return undefined;
};

/** Finds the forks of a run. */
export class Forks {
  private readonly plan: Plan;
  private readonly found: Fork[] = [];
  private readonly differences = new Map<number, number>();
  private readonly steps = new Map<number, number>();
  private readonly expectations = new Map<number, number>();
  /** The fork of a boot that was not accepted; undefined when one is. */
  private boot: number | undefined;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Takes the answer to a step, or undefined for none; gives the fork that it is. */
  answer(index: number, answer: ReceivedAnswer | undefined): Fork | undefined {
    const step = this.plan.steps[index];
    const kind =
      step?.kind === "call" && Object.hasOwn(watched, step.action) ? watched[step.action] : undefined;
    if (step?.kind !== "call" || kind === undefined || step.answer === undefined) return undefined;
    // Meter values outside a transaction change nothing.
    if (step.action === "MeterValues" && stepFacts(step).transaction === undefined) return undefined;
    const live = answer === undefined ? undefined : outcomeOf(answer);
    if (kind === "boot" && live?.accepts === true) this.bootAccepted();
    if (this.boot !== undefined || this.steps.has(index)) return undefined;
    const recorded = outcomeOf(new ParsedMessage(step.answer.text));
    const what = forkReason(kind, recorded, live);
    return what === undefined ? undefined : this.add(kind, index, step, { what, recorded, live });
  }

  /** Whether a boot was not accepted and none has been accepted since. */
  get isBootOpen(): boolean {
    return this.boot !== undefined;
  }

  /** A boot was accepted: later messages depend on no boot any more. */
  bootAccepted(): void {
    this.boot = undefined;
  }

  /** Adds to a message the fork that it depends on, and counts it there if it is not as recorded. */
  assigned(compared: Compared): Compared {
    const { exchange, result } = compared;
    const { step, expectation } = exchange ?? {};
    const fork =
      (step === undefined ? undefined : this.steps.get(step)) ??
      (expectation === undefined ? undefined : this.expectations.get(expectation)) ??
      this.boot;
    if (fork === undefined) return compared;
    if (result === "different" || result === "missing" || result === "unexpected")
      this.differences.set(fork, (this.differences.get(fork) ?? 0) + 1);
    return { ...compared, fork };
  }

  /** All forks, each with how many messages that depend on it are not as recorded. */
  get counts(): readonly ForkCount[] {
    return this.found.map((fork) => ({ ...fork, differences: this.differences.get(fork.id) ?? 0 }));
  }

  private add(
    kind: Watched,
    index: number,
    step: CallStep,
    { what, recorded, live }: { what: string; recorded: AnswerOutcome; live: AnswerOutcome | undefined },
  ): Fork {
    const id = this.found.length + 1;
    const { connection, action } = step;
    this.steps.set(index, id);
    const fork: Fork = {
      kind: "fork",
      id,
      what,
      step: index,
      connection,
      action,
      recorded: recorded.words,
      live: live?.words ?? "nothing",
      behind: kind === "boot" ? this.openBoot(id, index) : this.assignTransaction(id, index),
    };
    this.found.push(fork);
    return fork;
  }

  private openBoot(id: number, index: number): number {
    this.boot = id;
    return stepsUntilNextBoot(this.plan, index);
  }

  private assignTransaction(id: number, index: number): number {
    const { steps, expectations } = dependentSteps(this.plan, index);
    for (const step of steps) if (!this.steps.has(step)) this.steps.set(step, id);
    for (const one of expectations) if (!this.expectations.has(one)) this.expectations.set(one, id);
    return steps.length;
  }
}
