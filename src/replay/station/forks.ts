// Forks: answers after which a station would have gone another way than the recorded one. Finds them, and
// tells of every later message whether it lies behind one, so that one wrong tag is one line.
//
// Rules of this file: what lies behind a fork makes no further one; behind a boot that was not accepted lies
// everything until one is; silence makes one for the messages of a transaction, where the recording has an answer.

import { ParsedMessage } from "../../ocpp/envelope/parsed-message.js";
import { authorizationStatusOf, textAt } from "../../ocpp/payload.js";
import type { CallStep, Plan } from "../plan/plan.js";
import { stepFacts } from "../plan/step-facts.js";
import { dependentSteps, stepsUntilNextBoot } from "../plan/steps-after-fork.js";
import type { Compared, Fork, ForkCount } from "../protocol.js";
import type { ReceivedAnswer } from "../received-message.js";

/** What an answer comes to for the station's way. */
interface Outcome {
  /** Whether it says yes; undefined where it says neither. */
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

const outcomeOf = ({ envelope, payload }: ParsedMessage): Outcome => {
  if (envelope.kind === "call-error") return { accepts: false, words: envelope.code, isError: true };
  const status = statusIn(payload);
  const accepts = status === undefined ? undefined : status === "Accepted";
  return { accepts, words: status ?? "an answer", isError: false };
};

/** What makes it a fork, in words; undefined where it is none. */
const difference = (kind: Watched, recorded: Outcome, live: Outcome | undefined): string | undefined => {
  const what = whatOf[kind];
  if (recorded.isError) return undefined;
  if (live === undefined) return kind === "transaction" ? `${what} got no answer` : undefined;
  if (live.isError) return kind === "tag" && recorded.accepts !== true ? undefined : `${what} got an error`;
  if (recorded.accepts === true && live.accepts === false) return `${what} was not accepted`;
  if (kind !== "boot" && recorded.accepts === false && live.accepts === true)
    return `${what} was accepted, and refused in the recording`;
  return undefined;
};

/** Keeps book of forks. */
export class Forks {
  private readonly plan: Plan;
  private readonly found: Fork[] = [];
  private readonly differences = new Map<number, number>();
  private readonly steps = new Map<number, number>();
  private readonly expectations = new Map<number, number>();
  /** The fork of a boot, until one is accepted. */
  private boot: number | undefined;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Takes the answer to a step, undefined for silence; gives the fork that it makes. */
  answer(index: number, answer: ReceivedAnswer | undefined): Fork | undefined {
    const step = this.plan.steps[index];
    const kind =
      step?.kind === "call" && Object.hasOwn(watched, step.action) ? watched[step.action] : undefined;
    if (step?.kind !== "call" || kind === undefined || step.answer === undefined) return undefined;
    // Meter values beside any transaction change nothing.
    if (step.action === "MeterValues" && stepFacts(step).transaction === undefined) return undefined;
    const live = answer === undefined ? undefined : outcomeOf(answer);
    if (kind === "boot" && live?.accepts === true) this.bootAccepted();
    if (this.boot !== undefined || this.steps.has(index)) return undefined;
    const recorded = outcomeOf(new ParsedMessage(step.answer.text));
    const what = difference(kind, recorded, live);
    return what === undefined ? undefined : this.add(kind, index, step, { what, recorded, live });
  }

  /** Whether a boot was not accepted, and none has been since. */
  get isBootOpen(): boolean {
    return this.boot !== undefined;
  }

  /** A boot was accepted: what comes now lies behind no boot any more. */
  bootAccepted(): void {
    this.boot = undefined;
  }

  /** The message with the fork behind which it lies; counts what did not come to what the recording has. */
  placed(compared: Compared): Compared {
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

  /** All forks with what lies behind them. */
  get counts(): readonly ForkCount[] {
    return this.found.map((fork) => ({ ...fork, differences: this.differences.get(fork.id) ?? 0 }));
  }

  private add(
    kind: Watched,
    index: number,
    step: CallStep,
    { what, recorded, live }: { what: string; recorded: Outcome; live: Outcome | undefined },
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
      behind: kind === "boot" ? this.openBoot(id, index) : this.claim(id, index),
    };
    this.found.push(fork);
    return fork;
  }

  private openBoot(id: number, index: number): number {
    this.boot = id;
    return stepsUntilNextBoot(this.plan, index);
  }

  private claim(id: number, index: number): number {
    const { steps, expectations } = dependentSteps(this.plan, index);
    for (const step of steps) if (!this.steps.has(step)) this.steps.set(step, id);
    for (const one of expectations) if (!this.expectations.has(one)) this.expectations.set(one, id);
    return steps.length;
  }
}
