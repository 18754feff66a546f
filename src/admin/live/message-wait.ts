// Waiting for messages: until so many have come, or the time is over. Bounded in time and in what is kept of near misses.

import { startTimer } from "../../io/platform/timers.js";
import type { LiveBook } from "./live-book.js";
import type { LiveMessage } from "./live-message.js";
import { fits, type MessageFilter, type NearMiss, nearMissOf } from "./message-filter.js";

/** What is waited for. */
export interface Wait {
  readonly filter: MessageFilter;
  readonly count: number;
  readonly timeoutMs: number;
  /** Messages after this number count as well; undefined for those to come alone. */
  readonly since: number | undefined;
}

/** How it ended. */
export interface Waited {
  readonly isEnough: boolean;
  readonly messages: readonly LiveMessage[];
  readonly nearMisses: readonly NearMiss[];
  /** Messages that were looked at. */
  readonly seen: number;
}

const mostNearMisses = 20;

class Tally {
  readonly messages: LiveMessage[] = [];
  readonly nearMisses: NearMiss[] = [];
  seen = 0;
  private readonly wait: Wait;

  constructor(wait: Wait) {
    this.wait = wait;
  }

  get isEnough(): boolean {
    return this.messages.length >= this.wait.count;
  }

  take(message: LiveMessage): void {
    this.seen++;
    if (fits(this.wait.filter, message)) {
      this.messages.push(message);
      return;
    }
    const miss = nearMissOf(this.wait.filter, message);
    if (miss === undefined) return;
    this.nearMisses.push(miss);
    if (this.nearMisses.length > mostNearMisses) this.nearMisses.shift();
  }

  result(): Waited {
    const { isEnough, messages, nearMisses, seen } = this;
    return { isEnough, messages, nearMisses, seen };
  }
}

/** Waits; ends early where the caller leaves. */
export function waitForMessages(book: LiveBook, wait: Wait, gone: AbortSignal): Promise<Waited> {
  const tally = new Tally(wait);
  const { since } = wait;
  if (since !== undefined)
    for (const message of book.messages()) if (message.seq > since && !tally.isEnough) tally.take(message);
  if (tally.isEnough) return Promise.resolve(tally.result());
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.stop();
      stop();
      gone.removeEventListener("abort", finish);
      resolve(tally.result());
    };
    const stop = book.listen((message) => {
      tally.take(message);
      if (tally.isEnough) finish();
    });
    const timer = startTimer(finish, wait.timeoutMs);
    gone.addEventListener("abort", finish);
  });
}
