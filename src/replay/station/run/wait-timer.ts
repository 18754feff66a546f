// The one timer of a station: why its front step waits and until when, and the commands for that. A wait for the
// operator has no end and no timer.

import { timerMs } from "../../../base/time.js";
import type { StationOutput } from "./station-output.js";

/** Why the step at the front waits, and until when. */
export interface StationWait {
  readonly why:
    | "answer"
    | "dial"
    /** The CSMS asked to be dialled again later. */
    | "retry"
    | "gap"
    /** The target allows no faster CALLs. */
    | "rate"
    | "grace"
    | "closing"
    /** The run ends early and waits for the answers to what stops its transactions. */
    | "shutdown"
    | "call"
    | "boot"
    /** Manual pace: the operator sends the next message. */
    | "step"
    /** The operator decides what to do without a call. */
    | "operator";
  readonly dueNs: number;
}

/** Waits that a virtual clock may skip: nothing comes from the CSMS or its target in them. */
const skippable: readonly StationWait["why"][] = ["gap", "boot"];

/** Sets and cancels the timer. */
export class WaitTimer {
  private readonly output: StationOutput;
  private wait: StationWait | undefined;
  private count = 0;

  constructor(output: StationOutput) {
    this.output = output;
  }

  /** The wait that the timer is set for. */
  get current(): StationWait | undefined {
    return this.wait;
  }

  /** Sets the timer; the same wait again changes nothing. */
  set(wait: StationWait, atNs: number): void {
    if (this.wait?.why === wait.why && this.wait.dueNs === wait.dueNs) return;
    if (wait.dueNs === Number.POSITIVE_INFINITY) this.cancel();
    this.wait = wait;
    this.count++;
    if (wait.dueNs === Number.POSITIVE_INFINITY) return;
    const ms = timerMs(atNs, wait.dueNs);
    this.output.push({ kind: "timer", id: this.id, ms, skippable: skippable.includes(wait.why) });
  }

  /**
   * A timer has fired; gives the wait that is over. A timer may fire a little early, and a gap may be longer than any
   * timer: then nothing is over, and the station sets the timer again.
   */
  over(id: string, atNs: number): StationWait | undefined {
    const { wait } = this;
    if (id !== this.id || wait === undefined) return undefined;
    this.wait = undefined;
    return wait.dueNs <= atNs ? wait : undefined;
  }

  /** Forgets the wait, without a command. */
  clear(): void {
    this.wait = undefined;
  }

  /** Cancels the timer. */
  cancel(): void {
    if (this.wait !== undefined) this.output.push({ kind: "cancel", id: this.id });
    this.wait = undefined;
  }

  private get id(): string {
    return `wait-${this.count}`;
  }
}
