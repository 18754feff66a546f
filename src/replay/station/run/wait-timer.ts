// The one timer of a station: why its front step waits and until when, and the commands that follow from it.
// Waits for a person have no end and no timer.

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
    /** The target wants no faster CALLs. */
    | "rate"
    | "grace"
    | "closing"
    /** The run ends before its end. */
    | "goodbye"
    | "call"
    | "boot"
    /** Manual pace. */
    | "step"
    /** What to do without a call. */
    | "person";
  readonly due: number;
}

/** Waits that only the recording wants, or that a station only sleeps through. */
const skippable: readonly StationWait["why"][] = ["gap", "boot"];

/** Keeps the timer. */
export class WaitTimer {
  private readonly output: StationOutput;
  private wait: StationWait | undefined;
  private count = 0;

  constructor(output: StationOutput) {
    this.output = output;
  }

  /** What is waited for. */
  get current(): StationWait | undefined {
    return this.wait;
  }

  /** Waits; the same wait again changes nothing. */
  set(wait: StationWait, at: number): void {
    if (this.wait?.why === wait.why && this.wait.due === wait.due) return;
    if (wait.due === Number.POSITIVE_INFINITY) this.cancel();
    this.wait = wait;
    this.count++;
    if (wait.due === Number.POSITIVE_INFINITY) return;
    const ms = timerMs(at, wait.due);
    this.output.push({ kind: "timer", id: this.id, ms, skippable: skippable.includes(wait.why) });
  }

  /**
   * A timer went off; gives the wait that is over by that. A timer may go off a little early, and is set anew
   * then; a gap may be longer than any timer.
   */
  fired(id: string, at: number): StationWait | undefined {
    const { wait } = this;
    if (id !== this.id || wait === undefined) return undefined;
    this.wait = undefined;
    return wait.due <= at ? wait : undefined;
  }

  /** Waits for nothing any more. */
  clear(): void {
    this.wait = undefined;
  }

  /** Takes the timer back. */
  cancel(): void {
    if (this.wait !== undefined) this.output.push({ kind: "cancel", id: this.id });
    this.wait = undefined;
  }

  private get id(): string {
    return `wait-${this.count}`;
  }
}
