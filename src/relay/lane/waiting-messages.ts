// Messages of one lane that wait outside its order: for other messages, for the operator, for time alone, or for the
// answer to our own CALL. Every wait but the last is bounded by time, and that one by the CALL's own limit; the bytes that
// wait are bounded as well, beyond which the oldest go out.

import type { Direction } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import { isAwaited, type WaitCondition } from "../../rules/contract/wait.js";
import { costOf, type OutgoingMessage, type OwnCallWait } from "./outgoing-message.js";

interface Waiting {
  readonly item: OutgoingMessage;
  readonly waitsFor: WaitCondition | OwnCallWait;
  /** Nanoseconds since the session's start. */
  readonly latestNs: number;
  /** Messages that must still be sent before it. */
  left: number;
}

const never = Number.POSITIVE_INFINITY;

/** What waits outside the order of one lane; what is released is given in the order in which it came. */
export class WaitingMessages {
  private waiting: Waiting[] = [];
  private bytes = 0;
  private readonly direction: Direction;
  private readonly mostBytes: number;

  constructor(direction: Direction, mostBytes: number) {
    this.direction = direction;
    this.mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** How many messages are held back on purpose; copies that only wait for their time do not count. */
  get heldBack(): number {
    if (this.waiting.length === 0) return 0;
    return this.waiting.filter(({ waitsFor }) => waitsFor.kind !== "time").length;
  }

  /** Takes something in; gives what must go out because too much waits. */
  add(
    item: OutgoingMessage,
    waitsFor: WaitCondition | OwnCallWait,
    atNs: number,
  ): readonly OutgoingMessage[] {
    const latestNs = waitsFor.kind === "own-call" ? never : atNs + waitsFor.withinMs * nsPerMs;
    const left = waitsFor.kind === "messages" ? waitsFor.count : 0;
    this.waiting.push({ item, waitsFor, latestNs, left });
    this.bytes += costOf(item);
    let excess = this.bytes - this.mostBytes;
    return this.take(({ item: oldest }) => {
      const isTooMuch = excess > 0;
      excess -= costOf(oldest);
      return isTooMuch;
    });
  }

  /** A message has been sent, in either direction; takes what waited for it. */
  takeAfter(message: RuledMessage): readonly OutgoingMessage[] {
    return this.take((waiting) => {
      const { waitsFor } = waiting;
      if (waitsFor.kind === "message") return isAwaited(waitsFor.awaited, message);
      if (waitsFor.kind !== "messages" || message.direction !== this.direction) return false;
      if (waitsFor.only !== undefined && waitsFor.only !== message.type) return false;
      waiting.left--;
      return waiting.left <= 0;
    });
  }

  /** Takes what has waited long enough. */
  takeDue(atNs: number): readonly OutgoingMessage[] {
    return this.take(({ latestNs }) => latestNs <= atNs);
  }

  /** Takes what waited for the answer to our own CALL, or, for the operator, what waits for messages or a command. */
  takeReleased(what: "own-call" | "command"): readonly OutgoingMessage[] {
    return this.take(({ waitsFor: { kind } }) =>
      what === "own-call" ? kind === "own-call" : kind !== "own-call" && kind !== "time",
    );
  }

  takeAll(): readonly OutgoingMessage[] {
    return this.take(() => true);
  }

  /** When the next of them is due; undefined where none is bounded by time here. */
  nextAtNs(): number | undefined {
    if (this.waiting.length === 0) return undefined;
    const next = this.waiting.reduce((soonest, { latestNs }) => Math.min(soonest, latestNs), never);
    return next === never ? undefined : next;
  }

  private take(isFree: (waiting: Waiting) => boolean): readonly OutgoingMessage[] {
    if (this.waiting.length === 0) return [];
    const free: OutgoingMessage[] = [];
    const left: Waiting[] = [];
    for (const waiting of this.waiting) {
      if (isFree(waiting)) free.push(waiting.item);
      else left.push(waiting);
    }
    if (free.length === 0) return free;
    this.waiting = left;
    for (const item of free) this.bytes -= costOf(item);
    return free;
  }
}
