// Messages of one lane that wait outside its order: for others to pass, for a command, for time alone, or for the
// answer to a CALL of our own. Every wait but the last is bounded by time, and that one by whoever made the CALL;
// the bytes that wait are bounded as well, beyond which the oldest go. Knows no sockets and no rules.

import type { Direction } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { RuledAction } from "../../rules/contract/effect.js";
import { isAwaited, type WaitCondition } from "../../rules/contract/wait.js";
import type { Named } from "../messages/listener.js";
import type { Left } from "./held-queue.js";

/** Something that waits outside the order. */
export interface WaitingMessage {
  /** Bytes to write, one element a write. */
  readonly bytes: readonly Uint8Array[];
  /** What rules want done once it is written. */
  readonly actions: readonly RuledAction[];
  readonly waitsFor: WaitCondition | { readonly kind: "own-call" };
  /** What a delay still holds it for once it is free. */
  readonly delayMs: number;
  readonly holdsLane: boolean;
  readonly left?: Left | undefined;
}

interface Place {
  readonly item: WaitingMessage;
  /** Nanoseconds since the session's start. */
  readonly latest: number;
  /** Messages that have still to pass. */
  left: number;
}

const never = Number.POSITIVE_INFINITY;

/** What keeping something costs beside its bytes. */
const parkedCost = 128;

const sizeOf = (item: WaitingMessage): number =>
  item.bytes.reduce((sum, part) => sum + part.length, parkedCost);

/** What waits outside the order of one lane; whatever is free is given back in the order in which it came. */
export class WaitingMessages {
  private places: Place[] = [];
  private bytes = 0;
  private readonly direction: Direction;
  private readonly mostBytes: number;

  constructor(direction: Direction, mostBytes: number) {
    this.direction = direction;
    this.mostBytes = mostBytes;
  }

  /** How many messages are held back on purpose; copies that only wait for their time are none. */
  get heldBack(): number {
    if (this.places.length === 0) return 0;
    return this.places.filter(({ item }) => item.waitsFor.kind !== "time").length;
  }

  get isEmpty(): boolean {
    return this.places.length === 0;
  }

  /** Takes something in; gives back what must go because too much waits. */
  add(item: WaitingMessage, at: number): readonly WaitingMessage[] {
    const { waitsFor } = item;
    const latest = waitsFor.kind === "own-call" ? never : at + waitsFor.withinMs * nsPerMs;
    this.places.push({ item, latest, left: waitsFor.kind === "messages" ? waitsFor.count : 0 });
    this.bytes += sizeOf(item);
    let excess = this.bytes - this.mostBytes;
    return this.take(({ item: oldest }) => {
      const isTooMuch = excess > 0;
      excess -= sizeOf(oldest);
      return isTooMuch;
    });
  }

  /** A message has gone out; what waited for it is free. */
  passed(direction: Direction, about: Named): readonly WaitingMessage[] {
    if (this.places.length === 0) return [];
    return this.take((place) => {
      const { waitsFor } = place.item;
      if (waitsFor.kind === "message") return isAwaited(waitsFor.awaited, direction, about);
      if (waitsFor.kind !== "messages" || direction !== this.direction) return false;
      if (waitsFor.only !== undefined && waitsFor.only !== about.type) return false;
      place.left--;
      return place.left <= 0;
    });
  }

  /** What has waited long enough. */
  due(at: number): readonly WaitingMessage[] {
    return this.take(({ latest }) => latest <= at);
  }

  /** What waited for a CALL of our own to be answered. */
  afterOwnCall(): readonly WaitingMessage[] {
    return this.take(({ item }) => item.waitsFor.kind === "own-call");
  }

  /** A person lets everything go that waits for a message or a command. */
  released(): readonly WaitingMessage[] {
    return this.take(({ item }) => item.waitsFor.kind !== "own-call" && item.waitsFor.kind !== "time");
  }

  /** Everything. */
  all(): readonly WaitingMessage[] {
    return this.take(() => true);
  }

  /** When the next of them is due. */
  nextAt(): number | undefined {
    if (this.places.length === 0) return undefined;
    const next = this.places.reduce((soonest, { latest }) => Math.min(soonest, latest), never);
    return next === never ? undefined : next;
  }

  private take(isFree: (place: Place) => boolean): readonly WaitingMessage[] {
    const free: WaitingMessage[] = [];
    const left: Place[] = [];
    for (const place of this.places) {
      if (isFree(place)) free.push(place.item);
      else left.push(place);
    }
    if (free.length === 0) return free;
    this.places = left;
    for (const item of free) this.bytes -= sizeOf(item);
    return free;
  }
}
