// How long a run waits: for answers, for calls, for recorded gaps, for the ends of connections. All waits together are
// bounded: the first timeout lasts in full, a few more last a second each, and then only the end is waited for. Answers
// and calls are counted apart, and a call that comes resets the count of calls. Numbers in, numbers out; no clock.

import { nsPerMs } from "../../../base/time.js";
import { type FlowOptions, usualFlow } from "./flow.js";

/**
 * What a send waits for. `lockstep`: the previous answer; `timed`: also the recorded gaps; `asap`: only values that are
 * needed; `manual`: the operator.
 */
export type Pace = "lockstep" | "timed" | "asap" | "manual";

/** How a run is paced. */
export interface PacingOptions {
  readonly pace: Pace;
  /** For `timed`: recorded seconds per live second. */
  readonly rate: number;
  /** The longest time without progress. */
  readonly timeoutMs: number;
  /** The most CALLs of the station per second; no limit where it is missing. */
  readonly maxRate?: number | undefined;
  /** `usualFlow` unless given. */
  readonly flow?: FlowOptions | undefined;
}

/** How long a CSMS is given for calls that nothing causes, and to end a connection. */
const graceMs = 1000;

/** The longest wait for an answer after a first timeout ... */
const laterWaitMs = 1000;
/** ... and the part of the timeout that it lasts where the timeout is short. */
const laterWaitShare = 8;

/** Timeouts after which sends wait for nothing any more. */
export const maxTimeouts = 3;

/** Computes when the waits of a run end; times are in nanoseconds since its start. */
export class Pacing {
  readonly options: PacingOptions;
  /** Waits for answers that have timed out. */
  private timeouts = 0;
  /** Waits for calls that have timed out since a call came. */
  private callTimeouts = 0;
  private lastProgressNs = 0;
  private lastSendNs = 0;
  private lastCallNs: number | undefined;
  private gapFrom: { readonly recordedNs: number; readonly liveNs: number } | undefined;

  constructor(options: PacingOptions) {
    this.options = options;
  }

  /** Whether sends wait for nothing any more. */
  get skipsWaits(): boolean {
    return this.timeouts >= maxTimeouts;
  }

  /** A step was done, or an answer came that was waited for. */
  progress(atNs: number): void {
    this.lastProgressNs = atNs;
  }

  /** A step with this recorded time was done. */
  stepped(recordedNs: number | null, atNs: number): void {
    this.progress(atNs);
    if (recordedNs !== null) this.gapFrom = { recordedNs, liveNs: atNs };
  }

  sent(atNs: number, isCall = false): void {
    this.lastSendNs = atNs;
    if (isCall) this.lastCallNs = atNs;
  }

  /** When the next CALL may be sent within the rate that the target allows. */
  get rateDueNs(): number {
    const { maxRate } = this.options;
    return maxRate === undefined || this.lastCallNs === undefined ? 0 : this.lastCallNs + 1e9 / maxRate;
  }

  timedOut(): void {
    this.timeouts++;
  }

  /** Makes sends wait for nothing any more. */
  skipWaits(): void {
    this.timeouts = maxTimeouts;
  }

  /** When the wait for an answer ends. */
  get answerDueNs(): number {
    const { timeoutMs } = this.options;
    if (this.skipsWaits) return this.lastSendNs + timeoutMs * nsPerMs;
    const waitMs = this.timeouts === 0 ? timeoutMs : Math.min(timeoutMs / laterWaitShare, laterWaitMs);
    return this.lastProgressNs + waitMs * nsPerMs;
  }

  /** When the wait for a call ends, for a step that has waited since `fromNs`. */
  callDueNs(fromNs: number): number {
    const { callTimeoutMs, patient } = this.options.flow ?? usualFlow;
    if (this.skipsWaits) return fromNs;
    if (patient || this.callTimeouts === 0) return fromNs + callTimeoutMs * nsPerMs;
    if (this.callTimeouts >= maxTimeouts) return fromNs;
    return fromNs + Math.min(callTimeoutMs / laterWaitShare, laterWaitMs) * nsPerMs;
  }

  /** The wait for a call is over. */
  callWaited(came: boolean): void {
    this.callTimeouts = came ? 0 : this.callTimeouts + 1;
  }

  /** When the wait for the answer to an upgrade ends. */
  dialDueNs(dialledAtNs: number): number {
    const dueNs = dialledAtNs + this.options.timeoutMs * nsPerMs;
    return this.skipsWaits ? Math.min(dueNs, this.answerDueNs) : dueNs;
  }

  /** When the wait for what the CSMS may still do by itself ends. */
  graceDueNs(fromNs: number): number {
    const dueNs = fromNs + graceMs * nsPerMs;
    return this.skipsWaits ? Math.min(dueNs, this.answerDueNs) : dueNs;
  }

  /** When a step with this recorded time may be done. */
  gapDueNs(recordedNs: number | null): number {
    const { pace, rate } = this.options;
    if (pace !== "timed" || recordedNs === null || this.gapFrom === undefined || this.skipsWaits) return 0;
    return this.gapFrom.liveNs + Math.max(0, recordedNs - this.gapFrom.recordedNs) / rate;
  }
}
