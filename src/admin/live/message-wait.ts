// Waits for messages until enough have come or the time is over. Keeps a bounded number of near misses.

import { startTimer } from "../../io/platform/timers.js";
import type { LiveMessage } from "./live-message.js";
import type { LiveTraffic } from "./live-traffic.js";
import { type MessageCondition, matchesAll, type NearMiss, nearMissOf } from "./message-filter.js";

/** What to wait for. */
export interface MessageWait {
  readonly conditions: readonly MessageCondition[];
  readonly count: number;
  readonly timeoutMs: number;
  /** Kept messages after this number count too; undefined: only messages that come from now on. */
  readonly since: number | undefined;
}

/** The result of a wait. */
export interface WaitResult {
  readonly isEnough: boolean;
  readonly messages: readonly LiveMessage[];
  readonly nearMisses: readonly NearMiss[];
  /** The number of messages that were checked. */
  readonly seen: number;
}

const maxNearMisses = 20;

class Tally {
  readonly messages: LiveMessage[] = [];
  readonly nearMisses: NearMiss[] = [];
  seen = 0;
  private readonly wait: MessageWait;

  constructor(wait: MessageWait) {
    this.wait = wait;
  }

  get isEnough(): boolean {
    return this.messages.length >= this.wait.count;
  }

  add(message: LiveMessage): void {
    this.seen++;
    const { conditions } = this.wait;
    if (matchesAll(conditions, message)) {
      this.messages.push(message);
      return;
    }
    const miss = nearMissOf(conditions, message);
    if (miss === undefined) return;
    this.nearMisses.push(miss);
    if (this.nearMisses.length > maxNearMisses) this.nearMisses.shift();
  }

  result(): WaitResult {
    const { isEnough, messages, nearMisses, seen } = this;
    return { isEnough, messages, nearMisses, seen };
  }
}

/** Waits for messages. `gone` ends the wait early, when the caller has left. */
export function waitForMessages(
  traffic: LiveTraffic,
  wait: MessageWait,
  gone: AbortSignal,
): Promise<WaitResult> {
  const tally = new Tally(wait);
  const { since } = wait;
  if (since !== undefined)
    for (const message of traffic.messages()) if (message.seq > since && !tally.isEnough) tally.add(message);
  if (tally.isEnough) return Promise.resolve(tally.result());
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.stop();
      stop();
      gone.removeEventListener("abort", finish);
      resolve(tally.result());
    };
    const stop = traffic.onMessage((message) => {
      tally.add(message);
      if (tally.isEnough) finish();
    });
    const timer = startTimer(finish, wait.timeoutMs);
    gone.addEventListener("abort", finish);
  });
}
