// The outgoing half of a gate: what is written now, what waits, and in which order it leaves. Pings and pongs overtake what
// is held; a close frame and the end of the stream overtake nothing (invariant 3). Beyond a limit of held bytes the sender
// is paused (invariant 5). What waits outside the order goes out before a close and the end at the latest.

import { senderOf } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import { type FrameView, opcodes } from "../../wire/websocket/frame.js";
import type { RelayCommand } from "../protocol.js";
import { type AfterWrites, HeldQueue } from "./held-queue.js";
import type { LanePlace } from "./lane.js";
import type { LaneHost } from "./lane-host.js";
import type { OutgoingMessage } from "./outgoing-message.js";
import { WaitingMessages } from "./waiting-messages.js";

/** Bytes that block the lane while they are held. */
const blocking = (writes: readonly Uint8Array[]): OutgoingMessage => ({
  writes,
  actions: [],
  message: undefined,
  waitsFor: undefined,
  delayMs: 0,
  holdsLane: true,
});

/** Where the bytes of a gate leave; commands are pushed to `out`, and true means that all was written now. */
export class Outlet {
  /** Nothing that comes in goes out any more; what is held still does. */
  muted = false;
  /** A close frame has come or the stream has ended: nothing overtakes any more. */
  closing = false;
  /** Nothing goes out any more, nor what is held. */
  private silent = false;
  private paused = false;
  private readonly place: LanePlace;
  private readonly host: LaneHost;
  private readonly queue = new HeldQueue();
  private readonly waiting: WaitingMessages;

  constructor(place: LanePlace, host: LaneHost) {
    this.place = place;
    this.host = host;
    this.waiting = new WaitingMessages(place.direction, host.limits.holdBytes);
  }

  /** Whether everything that comes now must queue. */
  get blocked(): boolean {
    return this.queue.blocksLane;
  }

  /** How many messages are held back outside the order. */
  get heldBack(): number {
    return this.waiting.heldBack;
  }

  /** Writes now, unless something before it holds the lane. */
  pass(bytes: Uint8Array, atNs: number, out: RelayCommand[]): boolean {
    if (this.muted) return false;
    if (bytes.length === 0) return true;
    if (this.queue.blocksLane) {
      this.hold(blocking([bytes]), atNs, "nothing", out);
      return false;
    }
    out.push({ kind: "write", to: this.place.to, bytes });
    return true;
  }

  /** Writes a whole control frame: pings and pongs before what is held, a close frame after it. */
  passControl(frame: FrameView, atNs: number, out: RelayCommand[]): boolean {
    if (frame.opcode === opcodes.close) return this.passAfterHeld(frame.raw, atNs, out);
    // A peer whose pings are not answered gives the connection up.
    const overtakes = frame.opcode === opcodes.ping || frame.opcode === opcodes.pong;
    if (!overtakes || this.muted || this.closing) return this.pass(frame.raw, atNs, out);
    out.push({ kind: "write", to: this.place.to, bytes: frame.raw });
    return true;
  }

  /** Writes a close frame, or a part of it, after everything that is held; nothing overtakes it. */
  passAfterHeld(bytes: Uint8Array, atNs: number, out: RelayCommand[]): boolean {
    this.sendReleased(this.waiting.takeAll(), atNs, out);
    this.closing = true;
    if (this.queue.isEmpty || this.muted) return this.pass(bytes, atNs, out);
    this.hold(blocking([bytes]), atNs, "nothing", out);
    return false;
  }

  /** Writes what is left of a frame with this opcode; a close frame goes after what is held. */
  passRest(opcode: number, bytes: Uint8Array, atNs: number, out: RelayCommand[]): boolean {
    return opcode === opcodes.close ? this.passAfterHeld(bytes, atNs, out) : this.pass(bytes, atNs, out);
  }

  /** Sends a message that rules have decided on: after what it waits for, after its delay, or now. */
  send(item: OutgoingMessage, atNs: number, out: RelayCommand[]): void {
    const isNothing = item.writes.length === 0 && item.actions.length === 0;
    if (item.waitsFor !== undefined && !isNothing) {
      if (this.muted) return;
      // After a close nothing can be held back.
      const released = this.closing ? [item] : this.waiting.add(item, item.waitsFor, atNs);
      this.sendReleased(released, atNs, out);
    } else if (item.delayMs > 0 && !isNothing) this.hold(item, atNs + item.delayMs * nsPerMs, "nothing", out);
    else this.write(item, atNs, out);
  }

  /** Ends the stream after everything that is held; `latestNs` bounds how long that may take. */
  end(how: "end" | "reset", atNs: number, latestNs: number, out: RelayCommand[]): void {
    this.sendReleased(this.waiting.takeAll(), atNs, out);
    this.closing = true;
    this.queue.hurry(latestNs);
    if (this.queue.isEmpty) out.push({ kind: how, to: this.place.to });
    else this.hold(blocking([]), atNs, how, out);
  }

  /** Sends what is due. */
  sendDue(atNs: number, out: RelayCommand[]): void {
    for (const { item, then } of this.queue.takeDue(atNs)) {
      // One that went out may have asked for silence after it.
      if (this.silent) break;
      for (const bytes of item.writes) out.push({ kind: "write", to: this.place.to, bytes });
      if (then !== "nothing") out.push({ kind: then, to: this.place.to });
      this.follow(item, atNs, out);
    }
    this.sendReleased(this.waiting.takeDue(atNs), atNs, out);
    this.resumeIfRoom(out);
  }

  /** A message has been sent, in either direction: what waited for it follows. False where nothing waits. */
  messageSent(message: RuledMessage, atNs: number, out: RelayCommand[]): boolean {
    if (this.waiting.isEmpty) return false;
    this.sendReleased(this.waiting.takeAfter(message), atNs, out);
    return true;
  }

  /** Sends what waited for the answer to our own CALL, or what waits for the operator or for messages. */
  release(what: "own-call" | "command", atNs: number, out: RelayCommand[]): void {
    this.sendReleased(this.waiting.takeReleased(what), atNs, out);
  }

  /** Makes everything that is held due now. */
  hurry(atNs: number, out: RelayCommand[]): void {
    this.queue.hurry(atNs);
    this.sendReleased(this.waiting.takeAll(), atNs, out);
    this.queue.hurry(atNs);
  }

  /** Throws away what is held. */
  discard(out: RelayCommand[]): void {
    this.queue.clear();
    this.waiting.takeAll();
    this.resumeIfRoom(out);
  }

  /** From now on nothing goes out, nor what is held. */
  silence(out: RelayCommand[]): void {
    this.silent = true;
    this.muted = true;
    this.discard(out);
  }

  /** When the next held thing is due; undefined where none is. */
  nextAtNs(): number | undefined {
    const held = this.queue.nextAtNs();
    const waiting = this.waiting.nextAtNs();
    return held === undefined || waiting === undefined ? (held ?? waiting) : Math.min(held, waiting);
  }

  private hold(item: OutgoingMessage, releaseAtNs: number, then: AfterWrites, out: RelayCommand[]): void {
    this.queue.hold(item, releaseAtNs, then);
    if (this.paused || this.queue.bytes <= this.host.limits.holdBytes) return;
    this.paused = true;
    out.push({ kind: "pause", from: senderOf(this.place.direction) });
  }

  /** Sends what has waited, or holds it for the delay that it has after that. */
  private sendReleased(items: readonly OutgoingMessage[], atNs: number, out: RelayCommand[]): void {
    for (const item of items) {
      if (item.delayMs > 0 && !this.closing) {
        const holdsLane = item.holdsLane || this.blocked;
        this.hold({ ...item, holdsLane }, atNs + item.delayMs * nsPerMs, "nothing", out);
      } else this.write(item, atNs, out);
    }
  }

  private write(item: OutgoingMessage, atNs: number, out: RelayCommand[]): void {
    for (const part of item.writes) this.pass(part, atNs, out);
    this.follow(item, atNs, out);
  }

  /** Does what comes after the writes. */
  private follow({ actions, message }: OutgoingMessage, atNs: number, out: RelayCommand[]): void {
    for (const ruled of actions) this.host.perform(ruled, atNs, out);
    if (message !== undefined) this.host.own.messageSent(message, atNs, out);
  }

  private resumeIfRoom(out: RelayCommand[]): void {
    if (!this.paused || this.queue.bytes > this.host.limits.holdBytes / 2) return;
    this.paused = false;
    out.push({ kind: "resume", from: senderOf(this.place.direction) });
  }
}
