// How long a run waits: for answers, for calls, for recorded gaps, for the ends of connections. Patience is
// bounded in sum: the first wait in vain costs the whole timeout, a few more cost a second each, and then nothing
// is waited for but the end. Answers and calls are counted apart, and a call that comes restores the patience
// with calls. Numbers in, numbers out; no clock.

import { nsPerMs } from "../../../base/time.js";
import { type FlowOptions, usualFlow } from "./flow.js";

/** How the sends of a run follow each other. */
export type Pace = "lockstep" | "timed" | "asap" | "manual";

/** How a run is paced. */
export interface PacingOptions {
  readonly pace: Pace;
  /** `timed`: recorded seconds per live second. */
  readonly rate: number;
  /** The longest time without progress. */
  readonly timeoutMs: number;
  /** The station's CALLs per second at most; missing for no bound. */
  readonly maxRate?: number | undefined;
  /** `usualFlow` unless given. */
  readonly flow?: FlowOptions | undefined;
}

/** How long a CSMS is given for calls that it makes of its own will, and to end a connection. */
const graceMs = 1000;

/** How long an answer is waited for at most once one has been waited for in vain ... */
const shortPatienceMs = 1000;
/** ... and which part of the timeout that is where the timeout is short. */
const shortPatienceShare = 8;

/** Waits in vain after which nothing holds a send back any more. */
export const mostVainWaits = 3;

/** The clockwork of a run; all instants in nanoseconds. */
export class Pacing {
  readonly options: PacingOptions;
  /** Waits in vain so far. */
  private vain = 0;
  /** Calls waited for in vain since one came. */
  private vainCalls = 0;
  private lastProgress = 0;
  private lastSend = 0;
  private lastCall: number | undefined;
  private gapFrom: { readonly recorded: number; readonly live: number } | undefined;

  constructor(options: PacingOptions) {
    this.options = options;
  }

  /** Whether nothing holds a send back any more. */
  get isHurried(): boolean {
    return this.vain >= mostVainWaits;
  }

  /** A step was done, or an answer came that was waited for. */
  progress(at: number): void {
    this.lastProgress = at;
  }

  /** A step with this recorded instant was done. */
  stepped(recorded: number | null, at: number): void {
    this.progress(at);
    if (recorded !== null) this.gapFrom = { recorded, live: at };
  }

  sent(at: number, isCall = false): void {
    this.lastSend = at;
    if (isCall) this.lastCall = at;
  }

  /** When the next CALL may be sent without being faster than the target allows. */
  get rateDue(): number {
    const { maxRate } = this.options;
    return maxRate === undefined || this.lastCall === undefined ? 0 : this.lastCall + 1e9 / maxRate;
  }

  waitedInVain(): void {
    this.vain++;
  }

  /** Nothing shall be waited for any more. */
  hurry(): void {
    this.vain = mostVainWaits;
  }

  /** When waiting for an answer ends. */
  get answerDue(): number {
    const { timeoutMs } = this.options;
    if (this.isHurried) return this.lastSend + timeoutMs * nsPerMs;
    const patienceMs =
      this.vain === 0 ? timeoutMs : Math.min(timeoutMs / shortPatienceShare, shortPatienceMs);
    return this.lastProgress + patienceMs * nsPerMs;
  }

  /** When waiting for a call ends, for a step that has waited since `from`. */
  callDue(from: number): number {
    const { callTimeoutMs, patient } = this.options.flow ?? usualFlow;
    if (this.isHurried) return from;
    if (patient || this.vainCalls === 0) return from + callTimeoutMs * nsPerMs;
    if (this.vainCalls >= mostVainWaits) return from;
    return from + Math.min(callTimeoutMs / shortPatienceShare, shortPatienceMs) * nsPerMs;
  }

  /** A call that was waited for came, or did not. */
  callWaited(came: boolean): void {
    this.vainCalls = came ? 0 : this.vainCalls + 1;
  }

  /** When waiting for the upgrade of a dial at this instant ends. */
  dialDue(dialledAt: number): number {
    const due = dialledAt + this.options.timeoutMs * nsPerMs;
    return this.isHurried ? Math.min(due, this.answerDue) : due;
  }

  /** When waiting for what the CSMS does of its own will ends; no later than the run has to. */
  graceDue(from: number): number {
    const due = from + graceMs * nsPerMs;
    return this.isHurried ? Math.min(due, this.answerDue) : due;
  }

  /** When a step with this recorded instant may be done. */
  gapDue(recorded: number | null): number {
    const { pace, rate } = this.options;
    if (pace !== "timed" || recorded === null || this.gapFrom === undefined || this.isHurried) return 0;
    return this.gapFrom.live + Math.max(0, recorded - this.gapFrom.recorded) / rate;
  }
}
