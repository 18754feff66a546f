// The outgoing half of a gate: what is written now, what waits, and in which order it leaves. Pings and pongs
// overtake what is held; a close frame and the end of the stream overtake nothing (invariant 3). Beyond a
// limit of held bytes the sender is paused (invariant 5). What is taken out of the order altogether waits in the
// parking beside it, and goes before a close and the end. Knows nothing of messages and rules.

import { type Direction, senderOf } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { RuledAction } from "../../rules/contract/effect.js";
import { type FrameView, opcodes } from "../../wire/websocket/frame.js";
import type { Named } from "../messages/listener.js";
import type { RelayCommand } from "../protocol.js";
import { createHeldQueue, type Held, type HeldQueue } from "./held-queue.js";
import type { LanePlace } from "./lane.js";
import { type WaitingMessage, WaitingMessages } from "./waiting-messages.js";

/** Carries out what a rule wants beside bytes. */
export type Perform = (ruled: RuledAction, at: number, out: RelayCommand[]) => void;

/** Where a gate's bytes leave; commands are pushed to `out`, and true means that all was written now. */
export interface Outlet {
  /** Nothing that comes in goes out any more; what is held still does. */
  readonly muted: boolean;
  /** Whether everything that comes now must queue. */
  readonly blocked: boolean;
  /** Whether a close frame has come or the stream has ended. */
  readonly closing: boolean;
  /** Whether something is held back outside the order. */
  readonly awaits: boolean;
  /** How many messages are held back outside the order. */
  readonly heldBack: number;
  /** Writes now, unless something before it holds the lane. */
  pass(bytes: Uint8Array, at: number, out: RelayCommand[]): boolean;
  /** Writes a whole control frame: pings and pongs before what is held, a close frame behind it. */
  passControl(frame: FrameView, at: number, out: RelayCommand[]): boolean;
  /** Writes a close, or a part of it, behind everything that is held, and lets nothing pass it. */
  behindHeld(bytes: Uint8Array, at: number, out: RelayCommand[]): boolean;
  /** What is left to write of a frame with this opcode; a close frame goes behind what is held. */
  passRest(opcode: number, bytes: Uint8Array, at: number, out: RelayCommand[]): boolean;
  /** Holds a message. */
  hold(item: Held, out: RelayCommand[]): void;
  /** Takes something out of the order of the lane. */
  park(item: WaitingMessage, at: number, out: RelayCommand[]): void;
  /** A message has gone out, in whichever direction: what waited for it follows. */
  passed(direction: Direction, about: Named, at: number, out: RelayCommand[]): void;
  /** Lets go what waited for a CALL of our own, or what waits for a command. */
  free(what: "own-call" | "command", at: number, out: RelayCommand[]): void;
  /** Ends the stream behind everything that is held; `latest` bounds how long that may take. */
  end(how: "end" | "reset", at: number, latest: number, out: RelayCommand[]): void;
  /** Writes what is due. */
  release(at: number, out: RelayCommand[]): void;
  /** Makes everything that is held due. */
  hurry(at: number, out: RelayCommand[]): void;
  /** Throws away what is held. */
  discard(out: RelayCommand[]): void;
  mute(): void;
  /** Nothing goes out any more, nor what is held. */
  silence(out: RelayCommand[]): void;
  /** When the next held thing is due. */
  nextAt(): number | undefined;
}

class OrderedOutlet implements Outlet {
  muted = false;
  private readonly place: LanePlace;
  private readonly holdBytes: number;
  private readonly perform: Perform;
  private readonly queue: HeldQueue = createHeldQueue();
  /** A close frame has come or the stream has ended: nothing overtakes any more. */
  closing = false;
  private paused = false;
  private readonly parking: WaitingMessages;
  private silent = false;

  constructor(place: LanePlace, holdBytes: number, perform: Perform) {
    this.place = place;
    this.perform = perform;
    this.holdBytes = holdBytes;
    this.parking = new WaitingMessages(place.direction, holdBytes);
  }

  get awaits(): boolean {
    return !this.parking.isEmpty;
  }

  get heldBack(): number {
    return this.parking.heldBack;
  }

  get blocked(): boolean {
    return this.queue.blocksLane;
  }

  pass(bytes: Uint8Array, at: number, out: RelayCommand[]): boolean {
    if (this.muted) return false;
    if (bytes.length === 0) return true;
    if (this.queue.blocksLane) {
      this.hold({ bytes: [bytes], releaseAt: at, holdsLane: true, then: "nothing" }, out);
      return false;
    }
    out.push({ kind: "write", to: this.place.to, bytes });
    return true;
  }

  passControl(frame: FrameView, at: number, out: RelayCommand[]): boolean {
    if (frame.opcode === opcodes.close) return this.behindHeld(frame.raw, at, out);
    // A peer whose pings are not answered gives the connection up.
    const overtakes = frame.opcode === opcodes.ping || frame.opcode === opcodes.pong;
    if (!overtakes || this.muted || this.closing) return this.pass(frame.raw, at, out);
    out.push({ kind: "write", to: this.place.to, bytes: frame.raw });
    return true;
  }

  behindHeld(bytes: Uint8Array, at: number, out: RelayCommand[]): boolean {
    this.leave(this.parking.all(), at, out);
    this.closing = true;
    if (this.queue.length === 0 || this.muted) return this.pass(bytes, at, out);
    this.hold({ bytes: [bytes], releaseAt: at, holdsLane: true, then: "nothing" }, out);
    return false;
  }

  passRest(opcode: number, bytes: Uint8Array, at: number, out: RelayCommand[]): boolean {
    return opcode === opcodes.close ? this.behindHeld(bytes, at, out) : this.pass(bytes, at, out);
  }

  hold(item: Held, out: RelayCommand[]): void {
    this.queue.hold(item);
    if (this.paused || this.queue.bytes <= this.holdBytes) return;
    this.paused = true;
    out.push({ kind: "pause", from: senderOf(this.place.direction) });
  }

  end(how: "end" | "reset", at: number, latest: number, out: RelayCommand[]): void {
    this.leave(this.parking.all(), at, out);
    this.closing = true;
    this.queue.hurry(latest);
    if (this.queue.length === 0) out.push({ kind: how, to: this.place.to });
    else this.hold({ bytes: [], releaseAt: at, holdsLane: true, then: how }, out);
  }

  release(at: number, out: RelayCommand[]): void {
    for (const item of this.queue.due(at)) {
      // One that went out may have asked for silence behind it.
      if (this.silent) break;
      for (const bytes of item.bytes) out.push({ kind: "write", to: this.place.to, bytes });
      if (item.then !== "nothing") out.push({ kind: item.then, to: this.place.to });
      for (const ruled of item.actions ?? []) this.perform(ruled, at, out);
      item.left?.(at, out);
    }
    this.leave(this.parking.due(at), at, out);
    this.resumeIfRoom(out);
  }

  park(item: WaitingMessage, at: number, out: RelayCommand[]): void {
    if (this.muted) return;
    // Behind a close nothing can come back.
    if (this.closing) this.leave([item], at, out);
    else this.leave(this.parking.add(item, at), at, out);
  }

  passed(direction: Direction, about: Named, at: number, out: RelayCommand[]): void {
    this.leave(this.parking.passed(direction, about), at, out);
  }

  free(what: "own-call" | "command", at: number, out: RelayCommand[]): void {
    this.leave(what === "command" ? this.parking.released() : this.parking.afterOwnCall(), at, out);
  }

  /** Writes what has been parked, or holds it for the delay that it still has to keep. */
  private leave(items: readonly WaitingMessage[], at: number, out: RelayCommand[]): void {
    for (const { bytes, actions, delayMs, holdsLane, left } of items) {
      if (delayMs > 0 && !this.closing) {
        const releaseAt = at + delayMs * nsPerMs;
        const blocks = holdsLane || this.blocked;
        this.hold({ bytes, releaseAt, holdsLane: blocks, then: "nothing", actions, left }, out);
        continue;
      }
      for (const part of bytes) this.pass(part, at, out);
      for (const ruled of actions) this.perform(ruled, at, out);
      left?.(at, out);
    }
  }

  hurry(at: number, out: RelayCommand[]): void {
    this.queue.hurry(at);
    this.leave(this.parking.all(), at, out);
    this.queue.hurry(at);
  }

  discard(out: RelayCommand[]): void {
    this.queue.clear();
    this.parking.all();
    this.resumeIfRoom(out);
  }

  mute(): void {
    this.muted = true;
  }

  silence(out: RelayCommand[]): void {
    this.silent = true;
    this.muted = true;
    this.discard(out);
  }

  nextAt(): number | undefined {
    const held = this.queue.nextAt();
    const parked = this.parking.nextAt();
    return held === undefined || parked === undefined ? (held ?? parked) : Math.min(held, parked);
  }

  private resumeIfRoom(out: RelayCommand[]): void {
    if (!this.paused || this.queue.bytes > this.holdBytes / 2) return;
    this.paused = false;
    out.push({ kind: "resume", from: senderOf(this.place.direction) });
  }
}

/** Makes the outlet of a lane; beyond `holdBytes` held the sender is paused. */
export function createOutlet(place: LanePlace, holdBytes: number, perform: Perform): Outlet {
  return new OrderedOutlet(place, holdBytes, perform);
}
