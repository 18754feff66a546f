// What a lane holds back, in the order in which it will go out. Release times never decrease, so that held messages keep
// their order whatever their jitter was (invariant 3).

import { costOf, type OutgoingMessage } from "./outgoing-message.js";

/** What happens to the stream after the writes. */
export type AfterWrites = "nothing" | "end" | "reset";

/** Something that is due. */
export interface Held {
  readonly item: OutgoingMessage;
  readonly then: AfterWrites;
}

interface Queued extends Held {
  releaseAtNs: number;
}

/** What one lane holds back. */
export class HeldQueue {
  private items: Queued[] = [];
  private blocking = 0;
  /** What holding it costs, in bytes. */
  bytes = 0;

  /** Whether what comes now must queue as well. */
  get blocksLane(): boolean {
    return this.blocking > 0;
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** Holds something until `releaseAtNs`, or until the one before it goes if that is later. */
  hold(item: OutgoingMessage, releaseAtNs: number, then: AfterWrites): void {
    const last = this.items.at(-1)?.releaseAtNs ?? 0;
    this.items.push({ item, then, releaseAtNs: Math.max(releaseAtNs, last) });
    this.bytes += costOf(item);
    if (item.holdsLane) this.blocking++;
  }

  /** Takes out what is due. */
  takeDue(atNs: number): readonly Held[] {
    let count = 0;
    while (count < this.items.length && (this.items[count]?.releaseAtNs ?? 0) <= atNs) count++;
    const due = this.items.splice(0, count);
    for (const { item } of due) {
      this.bytes -= costOf(item);
      if (item.holdsLane) this.blocking--;
    }
    return due;
  }

  /** When the next one is due; undefined if nothing is held. */
  nextAtNs(): number | undefined {
    return this.items[0]?.releaseAtNs;
  }

  /** Makes everything due then, at the latest. */
  hurry(latestNs: number): void {
    for (const item of this.items) item.releaseAtNs = Math.min(item.releaseAtNs, latestNs);
  }

  /** Throws away everything that is held. */
  clear(): void {
    this.items = [];
    this.bytes = 0;
    this.blocking = 0;
  }
}
