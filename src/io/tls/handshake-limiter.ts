// Places for handshakes under way: so many at a time, the others wait their turn unread. A burst of honest chargers is
// served in order; stalled handshakes are told by their age and make room while others wait. Knows no sockets and no TLS.

import { startInterval, startTimer, type Timer } from "../platform/timers.js";
/** A place that was given; `cut` is called when its holder has to go. */
export interface Place {
  /** Its holder has done something, and is taken for honest anew. */
  renew(): void;
  leave(): void;
}

interface Holder {
  since: number;
  readonly cut: () => void;
}

interface Waiter {
  readonly cut: () => void;
  readonly give: (place: Place | undefined) => void;
}

/** How long nothing has to happen before a handshake makes room for another: the less, the more wait. */
const patienceMs = { most: 1000, least: 250 };
const lookMs = 100;
/** Those who wait, for each place. */
const waitersPerPlace = 10;

/** Hands out places. */
export class HandshakePlaces {
  private readonly places: number;
  /** Told how many were cut, whenever some were. */
  private readonly onCut: (count: number) => void;
  private readonly holders = new Set<Holder>();
  private readonly waiters = new Set<Waiter>();
  private timer: Timer | undefined;

  constructor(places: number, onCut: (count: number) => void) {
    this.places = places;
    this.onCut = onCut;
  }

  /** A place, now or when one is free; undefined where even the queue is full, or the wait took too long. */
  take(timeoutMs: number, cut: () => void): Promise<Place | undefined> {
    if (this.holders.size < this.places) return Promise.resolve(this.seat(cut));
    if (this.waiters.size >= this.places * waitersPerPlace) {
      this.onCut(1);
      return Promise.resolve(undefined);
    }
    this.timer ??= startInterval(() => this.makeRoom(), lookMs);
    return new Promise((resolve) => {
      const timer = startTimer(() => {
        this.waiters.delete(waiter);
        this.onCut(1);
        resolve(undefined);
      }, timeoutMs);
      const waiter: Waiter = {
        cut,
        give: (place) => {
          timer.stop();
          resolve(place);
        },
      };
      this.waiters.add(waiter);
    });
  }

  /** Sends everybody away who waits. */
  close(): void {
    this.timer?.stop();
    for (const { give } of this.waiters) give(undefined);
    this.waiters.clear();
  }

  private seat(cut: () => void): Place {
    const holder: Holder = { since: performance.now(), cut };
    this.holders.add(holder);
    return {
      renew: () => {
        holder.since = performance.now();
      },
      leave: () => this.leave(holder),
    };
  }

  private leave(holder: Holder): void {
    if (!this.holders.delete(holder)) return;
    const [next] = this.waiters;
    if (next === undefined) return;
    this.waiters.delete(next);
    next.give(this.seat(next.cut));
  }

  private makeRoom(): void {
    const crowd = (patienceMs.most * this.places) / Math.max(1, this.waiters.size);
    const old = performance.now() - Math.min(patienceMs.most, Math.max(patienceMs.least, crowd));
    const stalled = [...this.holders].filter(({ since }) => since < old).slice(0, this.waiters.size);
    for (const holder of stalled) {
      holder.cut();
      this.leave(holder);
    }
    if (stalled.length > 0) this.onCut(stalled.length);
    if (this.waiters.size > 0) return;
    this.timer?.stop();
    this.timer = undefined;
  }
}
