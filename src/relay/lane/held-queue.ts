// What a lane holds back, in the order in which it will go out. Release times never decrease, so the order
// among held messages is kept whatever their jitter was (invariant 3).

import type { RuledAction } from "../../rules/contract/effect.js";
import type { RelayCommand } from "../protocol.js";

/** Told once something that waited has been written. */
export type Left = (at: number, out: RelayCommand[]) => void;

/** Something that waits for its time. */
export interface Held {
  /** Bytes to write, one element a write. */
  readonly bytes: readonly Uint8Array[];
  /** Nanoseconds since the session's start. */
  readonly releaseAt: number;
  /** Nothing behind it may pass it. */
  readonly holdsLane: boolean;
  /** What to do to the stream after writing. */
  readonly then: "nothing" | "end" | "reset";
  /** What rules want done once it is written. */
  readonly actions?: readonly RuledAction[];
  readonly left?: Left | undefined;
}

/** What holding something costs beside its bytes. */
const heldCost = 128;

const size = (held: Held): number => held.bytes.reduce((sum, part) => sum + part.length, heldCost);

/** The held messages of one lane. */
export interface HeldQueue {
  /** Whether what comes now must queue as well. */
  readonly blocksLane: boolean;
  /** What is held, in bytes, with what holding it costs. */
  readonly bytes: number;
  readonly length: number;
  /** Holds something until `releaseAt`, or until the one before it goes if that is later; gives the time it will go. */
  hold(item: Held): number;
  /** Takes out what is due. */
  due(at: number): readonly Held[];
  /** When the next one is due; undefined if nothing is held. */
  nextAt(): number | undefined;
  /** Lets nothing wait longer than until then. */
  hurry(latest: number): void;
  /** Forgets everything that is held. */
  clear(): void;
}

class OrderedQueue implements HeldQueue {
  private items: Held[] = [];
  private blocking = 0;
  bytes = 0;

  get blocksLane(): boolean {
    return this.blocking > 0;
  }

  get length(): number {
    return this.items.length;
  }

  hold(item: Held): number {
    const releaseAt = Math.max(item.releaseAt, this.items.at(-1)?.releaseAt ?? 0);
    this.items.push({ ...item, releaseAt });
    this.bytes += size(item);
    if (item.holdsLane) this.blocking++;
    return releaseAt;
  }

  due(at: number): readonly Held[] {
    let count = 0;
    while (count < this.items.length && (this.items[count]?.releaseAt ?? 0) <= at) count++;
    const out = this.items.splice(0, count);
    for (const item of out) {
      this.bytes -= size(item);
      if (item.holdsLane) this.blocking--;
    }
    return out;
  }

  nextAt(): number | undefined {
    return this.items[0]?.releaseAt;
  }

  hurry(latest: number): void {
    this.items = this.items.map((item) => ({ ...item, releaseAt: Math.min(item.releaseAt, latest) }));
  }

  clear(): void {
    this.items = [];
    this.bytes = 0;
    this.blocking = 0;
  }
}

/** Makes an empty queue. */
export function createHeldQueue(): HeldQueue {
  return new OrderedQueue();
}
