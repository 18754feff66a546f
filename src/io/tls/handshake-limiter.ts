// Limits the handshakes that run at the same time: each needs a permit, and the others wait in order, unread. While others
// wait, a handshake without progress is stopped and its permit goes to the next.

import { startInterval, startTimer, type Timer } from "../platform/timers.js";

/** The right to run one handshake. */
export interface HandshakePermit {
  /** Reports progress, so that the handshake does not count as stalled. */
  renew(): void;
  /** Gives the permit back. */
  release(): void;
}

interface Holder {
  progressAtMs: number;
  readonly stop: () => void;
}

interface Waiter {
  readonly stop: () => void;
  readonly give: (permit: HandshakePermit | undefined) => void;
}

/** How long a handshake may make no progress while others wait. The more wait, the shorter. */
const maxStallMs = 1000;
const minStallMs = 250;
const checkEveryMs = 100;
/** The length of the queue, for each permit. */
const waitersPerPermit = 10;

/** Hands out a fixed number of permits. */
export class HandshakeLimiter {
  private readonly permits: number;
  /** Called with the number of handshakes that were just stopped or refused. */
  private readonly onStopped: (count: number) => void;
  private readonly holders = new Set<Holder>();
  private readonly waiters = new Set<Waiter>();
  private timer: Timer | undefined;

  constructor(permits: number, onStopped: (count: number) => void) {
    this.permits = permits;
    this.onStopped = onStopped;
  }

  /**
   * Gives a permit, now or when one is free; undefined if the queue is full or the wait takes longer than the timeout.
   * `stop` is called if the handshake stalls while others wait.
   */
  acquire(timeoutMs: number, stop: () => void): Promise<HandshakePermit | undefined> {
    if (this.holders.size < this.permits) return Promise.resolve(this.grant(stop));
    if (this.waiters.size >= this.permits * waitersPerPermit) {
      this.onStopped(1);
      return Promise.resolve(undefined);
    }
    this.timer ??= startInterval(() => this.stopStalled(), checkEveryMs);
    return new Promise((resolve) => {
      const timer = startTimer(() => {
        this.waiters.delete(waiter);
        this.onStopped(1);
        resolve(undefined);
      }, timeoutMs);
      const waiter: Waiter = {
        stop,
        give: (permit) => {
          timer.stop();
          resolve(permit);
        },
      };
      this.waiters.add(waiter);
    });
  }

  /** Gives no permit to those who wait. */
  close(): void {
    this.timer?.stop();
    for (const { give } of this.waiters) give(undefined);
    this.waiters.clear();
  }

  private grant(stop: () => void): HandshakePermit {
    const holder: Holder = { progressAtMs: performance.now(), stop };
    this.holders.add(holder);
    return {
      renew: () => {
        holder.progressAtMs = performance.now();
      },
      release: () => this.release(holder),
    };
  }

  private release(holder: Holder): void {
    if (!this.holders.delete(holder)) return;
    const [next] = this.waiters;
    if (next === undefined) return;
    this.waiters.delete(next);
    next.give(this.grant(next.stop));
  }

  private stopStalled(): void {
    const allowedMs = (maxStallMs * this.permits) / Math.max(1, this.waiters.size);
    const limitMs = performance.now() - Math.min(maxStallMs, Math.max(minStallMs, allowedMs));
    const stalled = [...this.holders]
      .filter(({ progressAtMs }) => progressAtMs < limitMs)
      .slice(0, this.waiters.size);
    for (const holder of stalled) {
      holder.stop();
      this.release(holder);
    }
    if (stalled.length > 0) this.onStopped(stalled.length);
    if (this.waiters.size > 0) return;
    this.timer?.stop();
    this.timer = undefined;
  }
}
