// A lane that rules may touch: octets wait until their message is whole, the rules decide, then the raw views
// of its frames go out (design 4.4). Waiting is bounded in octets and in time; what waits too long is spilled,
// unruled. Pings and pongs overtake messages that a rule holds, never the fragments of one still arriving;
// a close frame and the end of the stream overtake nothing (invariant 3). No fault is known here by name.

import { concat, text } from "../base/bytes.js";
import type { FrameEntry } from "../cassette/entry.js";
import { parseEnvelope } from "../ocpp/parse-envelope.js";
import type { Decider } from "../rules/decide.js";
import type { Decision } from "../rules/message-view.js";
import { messagePayload } from "../wire/assembler.js";
import { type FrameView, isControl, opcodes } from "../wire/frame.js";
import { createScanner, type Piece, type Scanner } from "../wire/scanner.js";
import { createHeldQueue, type HeldQueue } from "./held-queue.js";
import { bytesEntry, type Closing, frameEntry, type Lane, type LanePlace, opaqueNote } from "./lane.js";
import type { Listener, Named } from "./listener.js";
import type { RelayCommand } from "./protocol.js";

/** How long a gate waits, and who decides. */
export interface GateOptions {
  readonly identity: string;
  /** Number among the connections of this identity in this run, from 1. */
  readonly ordinal: number;
  readonly decider: Decider;
  readonly listener: Listener;
  /** Octets of an unfinished message that may wait. */
  readonly waitOctets: number;
  /** Milliseconds that an unfinished message may wait. */
  readonly waitMs: number;
  /** Octets that rules may hold before the sender is paused. */
  readonly holdOctets: number;
  /** Asks the connection to close both sides. */
  readonly close: (effect: NonNullable<Decision["effect"]["close"]>, rule: string, at: number, out: RelayCommand[]) => void;
}

interface Arrived {
  readonly frame: FrameView;
  readonly entry: FrameEntry;
}

const msToNs = 1_000_000;
const resetPatienceNs = 2000 * msToNs;

class Gate implements Lane {
  private readonly place: LanePlace;
  private readonly options: GateOptions;
  private readonly scanner: Scanner;
  private readonly queue: HeldQueue = createHeldQueue();
  /** The frames of the message that is arriving and the control frames between them. */
  private arriving: Arrived[] = [];
  private arrivingOctets = 0;
  private arrivingSince: number | undefined;
  /** Octets received in all, and up to which of them a spilled message has been written. */
  private received = 0;
  private scanned = 0;
  private writtenTo = 0;
  private spilling = false;
  private muted = false;
  private paused = false;

  constructor(place: LanePlace, options: GateOptions) {
    this.place = place;
    this.options = options;
    this.scanner = createScanner(place.maxFrame);
  }

  bytes(chunk: Uint8Array, at: number, out: RelayCommand[]): void {
    this.received += chunk.length;
    for (const piece of this.scanner.push(chunk)) this.take(piece, at, out);
    this.watchWaiting(at, out);
  }

  end(how: "end" | "reset", at: number, out: RelayCommand[]): void {
    const pending = this.scanner.pending();
    this.releaseArriving(at, out);
    if (pending.length > 0) {
      const sent = this.pass(this.unwritten(pending, this.received - pending.length), at, out);
      out.push({ kind: "record", entry: bytesEntry(this.place, "cut-off", pending, at), sent });
    }
    if (this.muted) return;
    if (this.queue.length === 0) out.push({ kind: how, to: this.place.to });
    else {
      // A reset waits for what was read before it, but not as long as a rule may hold a message (invariant 1).
      if (how === "reset") this.queue.hurry(at + resetPatienceNs);
      this.hold({ octets: [], releaseAt: at, holdsLane: true, then: how }, at, out);
    }
  }

  wake(at: number, out: RelayCommand[]): void {
    if (this.arrivingSince !== undefined && at >= this.arrivingSince + this.options.waitMs * msToNs) this.spill(at, out);
    for (const item of this.queue.due(at)) {
      for (const octets of item.octets) out.push({ kind: "write", to: this.place.to, octets });
      if (item.then !== "nothing") out.push({ kind: item.then, to: this.place.to });
    }
    if (this.paused && this.queue.octets <= this.options.holdOctets / 2) {
      this.paused = false;
      out.push({ kind: "resume", from: this.place.to === "csms" ? "charger" : "csms" });
    }
    this.setTimer(at, out);
  }

  flush(at: number, out: RelayCommand[]): void {
    this.queue.hurry(at);
    this.wake(at, out);
  }

  finish(closing: Closing, at: number, out: RelayCommand[]): void {
    if (this.muted) return;
    if (closing.discardHeld) this.queue.clear();
    const { connection, direction } = this.place;
    if (!this.spilling) {
      this.behindHeld(closing.closeFrame, at, out);
      const entry = { kind: "injected", connection, direction, at, by: closing.by, raw: closing.closeFrame } as const;
      out.push({ kind: "record", entry, sent: false });
    }
    if (this.queue.length === 0) out.push({ kind: "end", to: this.place.to });
    else this.hold({ octets: [], releaseAt: at, holdsLane: true, then: "end" }, at, out);
    this.muted = true;
  }

  private take(piece: Piece, at: number, out: RelayCommand[]): void {
    const start = this.scanned;
    if (piece.kind === "frame") {
      this.scanned += piece.frame.raw.length;
      this.takeFrame(piece.frame, start, at, out);
      return;
    }
    this.scanned += piece.octets.length;
    if (piece.kind === "opaque" && piece.first) out.push(opaqueNote(this.place, at));
    this.releaseArriving(at, out);
    const sent = this.pass(this.unwritten(piece.octets, start), at, out);
    const entry = bytesEntry(this.place, piece.kind === "run" ? "run" : "opaque", piece.octets, at);
    out.push({ kind: "record", entry, sent });
    // The message that an oversized frame belongs to passes unruled to its end.
    this.spilling = piece.kind === "run" && !(piece.last && piece.header.fin);
    this.writtenTo = this.scanned;
  }

  private takeFrame(frame: FrameView, start: number, at: number, out: RelayCommand[]): void {
    const arrived = { frame, entry: frameEntry(this.place, frame, at) };
    if (this.spilling) {
      const sent = this.pass(this.unwritten(frame.raw, start), at, out);
      out.push({ kind: "record", entry: arrived.entry, sent });
      if (!isControl(frame.opcode) && frame.fin) this.spilling = false;
      return;
    }
    if (isControl(frame.opcode)) {
      if (this.arriving.length > 0) this.keep(arrived, at);
      else {
        this.arrivingSince = undefined;
        this.takeControl(arrived, at, out);
      }
      return;
    }
    // A new beginning inside an unfinished message (RFC 6455 5.4 forbids it): the old one goes out as it is.
    if (frame.opcode !== opcodes.continuation) this.releaseArriving(at, out);
    this.keep(arrived, at);
    if (frame.fin) this.decide(at, out);
  }

  private keep(arrived: Arrived, at: number): void {
    this.arriving.push(arrived);
    this.arrivingOctets += arrived.frame.raw.length;
    this.arrivingSince ??= at;
  }

  private takeControl({ frame, entry }: Arrived, at: number, out: RelayCommand[]): void {
    const sent =
      frame.opcode === opcodes.close ? this.behindHeld(frame.raw, at, out) : this.pass(frame.raw, at, out);
    out.push({ kind: "record", entry, sent });
  }

  private decide(at: number, out: RelayCommand[]): void {
    const { direction } = this.place;
    const data = this.arriving.filter(({ frame }) => !isControl(frame.opcode)).map(({ frame }) => frame);
    const named = this.options.listener.name(direction, data);
    if (this.muted) {
      this.releaseArriving(at, out);
      return;
    }
    const { identity, ordinal, decider } = this.options;
    const observation = { identity, ordinal, direction, ...named, payload: () => payloadOfMessage(data) };
    const decision = decider.decide(observation, { direction, frames: data });
    if (decision.applied.length === 0) this.releaseArriving(at, out);
    else this.apply(decision, named, data, at, out);
  }

  private apply(decision: Decision, named: Named, data: readonly FrameView[], at: number, out: RelayCommand[]): void {
    const { connection, direction } = this.place;
    const arrived = this.forgetArriving();
    for (const { frame, entry } of arrived) {
      const sent = isControl(frame.opcode) && this.pass(frame.raw, at, out);
      out.push({ kind: "record", entry, sent });
    }
    const original = concat(data.map((frame) => frame.raw));
    const { type, action } = named;
    for (const applied of decision.applied) {
      const entry = { kind: "decision", connection, direction, at, type, action: action ?? null, original, ...applied } as const;
      out.push({ kind: "record", entry, sent: false });
    }
    const { changed, close, delayMs, holds } = decision.effect;
    const copies = changed ? decision.effect.copies : [original];
    if (delayMs > 0 && copies.length > 0) {
      const holdsLane = holds === "lane" || this.queue.blocksLane;
      this.hold({ octets: copies, releaseAt: at + delayMs * msToNs, holdsLane, then: "nothing" }, at, out);
    } else for (const copy of copies) this.pass(copy, at, out);
    if (close !== undefined) this.options.close(close, decision.applied.at(-1)?.rule ?? "", at, out);
  }

  /** Sends what has arrived of an unfinished or untouched message, in the order in which it came. */
  private releaseArriving(at: number, out: RelayCommand[]): void {
    if (this.arriving.length === 0) return;
    const arrived = this.forgetArriving();
    const sent = this.pass(concat(arrived.map(({ frame }) => frame.raw)), at, out);
    for (const { entry } of arrived) out.push({ kind: "record", entry, sent });
  }

  private forgetArriving(): readonly Arrived[] {
    const arrived = this.arriving;
    this.arriving = [];
    this.arrivingOctets = 0;
    this.arrivingSince = undefined;
    return arrived;
  }

  private watchWaiting(at: number, out: RelayCommand[]): void {
    const pending = this.received - this.scanned;
    if (this.spilling) {
      this.passPending(at, out);
      return;
    }
    if (pending === 0 && this.arriving.length === 0) return;
    this.arrivingSince ??= at;
    if (this.arrivingOctets + pending > this.options.waitOctets) this.spill(at, out);
    else this.setTimer(at, out);
  }

  private spill(at: number, out: RelayCommand[]): void {
    const { connection, direction } = this.place;
    const octets = this.arrivingOctets + this.received - this.scanned;
    const message = `${direction}: a message was not whole after ${octets} octets and its time; it passes without rules`;
    out.push({ kind: "record", entry: { kind: "note", connection, at, code: "spilled", message }, sent: false });
    this.writtenTo = this.scanned;
    this.releaseArriving(at, out);
    this.arrivingSince = undefined;
    this.spilling = true;
    this.passPending(at, out);
  }

  private passPending(at: number, out: RelayCommand[]): void {
    const pending = this.scanner.pending();
    this.pass(this.unwritten(pending, this.scanned), at, out);
    this.writtenTo = this.received;
  }

  /** The part of these octets, which begin at `start` in the stream, that no spill has written yet. */
  private unwritten(octets: Uint8Array, start: number): Uint8Array {
    return octets.subarray(Math.min(octets.length, Math.max(0, this.writtenTo - start)));
  }

  /** Writes now, unless something before it holds the lane; true if it was written now. */
  private pass(octets: Uint8Array, at: number, out: RelayCommand[]): boolean {
    if (this.muted) return false;
    if (octets.length === 0) return true;
    if (this.queue.blocksLane) {
      this.hold({ octets: [octets], releaseAt: at, holdsLane: true, then: "nothing" }, at, out);
      return false;
    }
    out.push({ kind: "write", to: this.place.to, octets });
    return true;
  }

  /** Writes behind everything that is held, and lets nothing pass it. */
  private behindHeld(octets: Uint8Array, at: number, out: RelayCommand[]): boolean {
    if (this.queue.length === 0) return this.pass(octets, at, out);
    if (!this.muted) this.hold({ octets: [octets], releaseAt: at, holdsLane: true, then: "nothing" }, at, out);
    return false;
  }

  private hold(item: Parameters<HeldQueue["hold"]>[0], at: number, out: RelayCommand[]): void {
    this.queue.hold(item);
    this.setTimer(at, out);
    if (!this.paused && this.queue.octets > this.options.holdOctets) {
      this.paused = true;
      out.push({ kind: "pause", from: this.place.to === "csms" ? "charger" : "csms" });
    }
  }

  private setTimer(at: number, out: RelayCommand[]): void {
    const spillAt = this.arrivingSince === undefined ? undefined : this.arrivingSince + this.options.waitMs * msToNs;
    const next = Math.min(this.queue.nextAt() ?? Number.POSITIVE_INFINITY, spillAt ?? Number.POSITIVE_INFINITY);
    if (next < Number.POSITIVE_INFINITY)
      out.push({ kind: "timer", id: this.place.direction, ms: Math.max(0, Math.ceil((next - at) / msToNs)) });
  }
}

const payloadOfMessage = (frames: readonly FrameView[]): unknown => {
  const envelope = parseEnvelope(text(messagePayload(frames)));
  switch (envelope.kind) {
    case "unreadable":
      return undefined;
    case "call-error":
    case "call-result-error":
      return { errorCode: envelope.code, errorDescription: envelope.description, errorDetails: envelope.details };
    default:
      return envelope.payload;
  }
};

/** Makes a gate. */
export function createGate(place: LanePlace, options: GateOptions): Lane {
  return new Gate(place, options);
}
