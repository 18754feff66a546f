// A lane that rules may touch: bytes wait until their message is whole, the rules decide, then the raw views of its frames
// go out. Waiting is bounded in bytes and in time; what waits too long is spilled: it goes out in parts, without rules.
// Pings and pongs overtake what a rule holds, never the fragments of a message that is still arriving; a close frame and
// the end of the stream overtake nothing (invariant 3). Knows no fault by its name.

import { concat } from "../../base/bytes.js";
import { nsPerMs, timerMs } from "../../base/time.js";
import type { FrameEntry } from "../../cassette/format/entry.js";
import type { Decision } from "../../rules/contract/decision.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import { type FrameView, isControl, opcodes } from "../../wire/websocket/frame.js";
import { createScanner, type Piece, type Scanner } from "../../wire/websocket/scanner.js";
import type { SendOutcome } from "../own/gate-controls.js";
import type { RelayCommand } from "../protocol.js";
import { Arriving } from "./arriving.js";
import {
  bytesEntry,
  type Closing,
  frameEntry,
  type HandOver,
  injectedEntry,
  type Lane,
  type LanePlace,
  opaqueNote,
} from "./lane.js";
import type { LaneHost } from "./lane-host.js";
import { Outlet } from "./outlet.js";
import { Ruling } from "./ruling.js";

const mostInjections = 100;
const never = Number.POSITIVE_INFINITY;
const resetPatienceNs = 2000 * nsPerMs;

class Gate implements Lane {
  private readonly place: LanePlace;
  private readonly host: LaneHost;
  private readonly scanner: Scanner;
  private readonly outlet: Outlet;
  private readonly ruling: Ruling;
  private readonly arriving = new Arriving();
  private lastBytesNs = 0;
  /** Bytes received in all, and up to which of them a spilled message has been written. */
  private received = 0;
  private scanned = 0;
  private writtenTo = 0;
  /** Bytes go out without rules up to the end of the frame or message that could not wait. */
  private spilling = false;
  /** What is spilled belongs to a message, and not to a control frame between messages. */
  private insideMessage = false;
  private opaque = false;
  private ended = false;
  /** Messages of our own that wait for a boundary between messages. */
  private injections: Uint8Array[] = [];
  /** When the timer that was asked for will ring. */
  private timerAtNs: number | undefined;

  constructor(place: LanePlace, host: LaneHost, taken: HandOver | undefined) {
    this.place = place;
    this.host = host;
    this.scanner = taken?.scanner ?? createScanner(place.maxFrame);
    this.outlet = new Outlet(place, host);
    this.ruling = new Ruling(place, host, this.outlet);
    if (taken === undefined) return;
    // What a tap has begun is on its way already: it goes on as if it had been spilled.
    this.received = this.scanner.pending().length;
    this.writtenTo = this.received;
    this.insideMessage = taken.insideMessage;
    this.spilling = this.received > 0 || taken.insideMessage;
  }

  bytes(chunk: Uint8Array, atNs: number, out: RelayCommand[]): void {
    this.received += chunk.length;
    this.lastBytesNs = atNs;
    for (const piece of this.scanner.push(chunk)) {
      if (piece.kind === "frame") this.takeFrame(piece.frame, atNs, out);
      else this.takePart(piece, atNs, out);
      if (this.injections.length > 0) this.sendInjections(atNs, out);
    }
    if (this.spilling || this.received > this.scanned || !this.arriving.isEmpty)
      this.watchWaiting(chunk, atNs, out);
    this.setTimer(atNs, out);
  }

  end(how: "end" | "reset", atNs: number, out: RelayCommand[]): void {
    if (!this.ended) this.passUnfinished(atNs, out);
    this.ended = true;
    // A reset waits for what was read before it, but not as long as a rule may hold a message (invariant 1).
    const latest = how === "reset" ? atNs + resetPatienceNs : never;
    if (!this.outlet.muted) this.outlet.end(how, atNs, latest, out);
    this.setTimer(atNs, out);
  }

  settle(atNs: number, out: RelayCommand[]): void {
    this.outlet.muted = true;
    if (!this.ended) this.passUnfinished(atNs, out);
    this.ended = true;
  }

  wake(atNs: number, out: RelayCommand[]): void {
    this.timerAtNs = undefined;
    if (atNs >= this.spillAtNs()) this.spill(atNs, out);
    this.outlet.sendDue(atNs, out);
    this.setTimer(atNs, out);
  }

  flush(atNs: number, out: RelayCommand[]): void {
    this.outlet.hurry(atNs, out);
    this.wake(atNs, out);
  }

  finish(closing: Closing, atNs: number, out: RelayCommand[]): void {
    if (this.outlet.muted) return;
    if (closing.discardHeld) this.outlet.discard(out);
    // In the middle of a frame a close frame would become part of its payload: end the stream without one.
    const { by, closeFrame } = closing;
    if (closeFrame !== undefined && !this.spilling && !this.opaque && !this.ended) {
      this.outlet.passAfterHeld(closeFrame, atNs, out);
      out.push(injectedEntry(this.place, closeFrame, by, atNs));
    }
    this.outlet.end("end", atNs, never, out);
    this.outlet.muted = true;
    this.setTimer(atNs, out);
  }

  sendOwn(bytes: Uint8Array, atNs: number, out: RelayCommand[]): SendOutcome {
    if (this.opaque || this.ended || this.outlet.muted || this.outlet.closing) return "never";
    if (!this.spilling) this.outlet.pass(bytes, atNs, out);
    // In the middle of a message that passes in parts; its end is waited for.
    else if (this.injections.length < mostInjections) this.injections.push(bytes);
    else return "never";
    return this.spilling ? "later" : "sent";
  }

  messageSent(message: RuledMessage, atNs: number, out: RelayCommand[]): void {
    if (this.outlet.messageSent(message, atNs, out)) this.setTimer(atNs, out);
  }

  release(what: "own-call" | "command", atNs: number, out: RelayCommand[]): void {
    this.outlet.release(what, atNs, out);
    this.setTimer(atNs, out);
  }

  private sendInjections(atNs: number, out: RelayCommand[]): void {
    if (this.spilling) return;
    const bytes = this.injections;
    this.injections = [];
    if (!this.opaque && !this.outlet.closing) for (const part of bytes) this.outlet.pass(part, atNs, out);
  }

  silence(out: RelayCommand[]): void {
    this.outlet.silence(out);
  }

  insert(frame: FrameView, by: string, atNs: number, out: RelayCommand[]): SendOutcome {
    if (this.outlet.muted || this.opaque || this.ended) return "never";
    if (this.spilling) return "later";
    this.outlet.passControl(frame, atNs, out);
    out.push(injectedEntry(this.place, frame.raw, by, atNs));
    return "sent";
  }

  private takePart(piece: Exclude<Piece, { kind: "frame" }>, atNs: number, out: RelayCommand[]): void {
    const rest = this.unwritten(piece.bytes, this.scanned);
    this.scanned += piece.bytes.length;
    if (piece.kind === "run") this.takeRun(piece, rest, atNs, out);
    else {
      if (piece.first) out.push(opaqueNote(this.place, atNs));
      this.releaseArriving(atNs, out);
      this.opaque = true;
      this.spilling = false;
      const sent = this.outlet.pass(rest, atNs, out);
      out.push({ kind: "record", entry: bytesEntry(this.place, "opaque", piece.bytes, atNs), sent });
    }
    this.writtenTo = this.scanned;
  }

  /** An oversized frame, and the message it belongs to, go out without rules to their end. */
  private takeRun(piece: Piece & { kind: "run" }, rest: Uint8Array, atNs: number, out: RelayCommand[]): void {
    const { header, bytes, first, last } = piece;
    const control = isControl(header.opcode);
    if (first) this.insideMessage = !control || (this.spilling ? this.insideMessage : !this.arriving.isEmpty);
    this.releaseArriving(atNs, out);
    const sent = this.outlet.passRest(header.opcode, rest, atNs, out);
    out.push({ kind: "record", entry: bytesEntry(this.place, "run", bytes, atNs), sent });
    this.spilling = !last || (control ? this.insideMessage : !header.fin);
  }

  private takeFrame(frame: FrameView, atNs: number, out: RelayCommand[]): void {
    const start = this.scanned;
    this.scanned += frame.raw.length;
    const entry = frameEntry(this.place, frame, atNs);
    const begins = !isControl(frame.opcode) && frame.opcode !== opcodes.continuation;
    // A new beginning inside an unfinished message (RFC 6455 5.4 forbids it) is a message of its own again.
    if (this.spilling && begins && this.insideMessage && start >= this.writtenTo) this.spilling = false;
    if (this.spilling) this.takeSpilled(frame, entry, start, atNs, out);
    else if (isControl(frame.opcode)) this.takeControl(frame, entry, atNs, out);
    else this.takeData(frame, entry, begins, atNs, out);
  }

  private takeData(
    frame: FrameView,
    entry: FrameEntry,
    begins: boolean,
    atNs: number,
    out: RelayCommand[],
  ): void {
    if (begins && !this.arriving.isEmpty) this.releaseArriving(atNs, out);
    else if (begins) this.arriving.sinceNs = undefined;
    if (frame.fin && this.arriving.isEmpty) {
      this.decideAlone(frame, entry, atNs, out);
      return;
    }
    this.arriving.keep(frame, entry, atNs);
    if (frame.fin) this.decide(atNs, out);
  }

  /** A message of one frame, as nearly all are. */
  private decideAlone(frame: FrameView, entry: FrameEntry, atNs: number, out: RelayCommand[]): void {
    const message = this.host.names.message(this.ruling, [frame], atNs);
    const decision = this.ruling.decide(message, atNs, out);
    if (decision === undefined) {
      const sent = this.outlet.pass(frame.raw, atNs, out);
      out.push({ kind: "record", entry, sent });
      this.noteUntouched(message, atNs, out);
    } else {
      out.push({ kind: "record", entry, sent: false });
      this.carryOut(message, decision, atNs, out);
    }
  }

  private takeSpilled(
    frame: FrameView,
    entry: FrameEntry,
    start: number,
    atNs: number,
    out: RelayCommand[],
  ): void {
    const sent = this.outlet.passRest(frame.opcode, this.unwritten(frame.raw, start), atNs, out);
    out.push({ kind: "record", entry, sent });
    if (isControl(frame.opcode)) this.spilling = this.insideMessage;
    else if (frame.fin) this.spilling = false;
  }

  private takeControl(frame: FrameView, entry: FrameEntry, atNs: number, out: RelayCommand[]): void {
    if (this.ruling.ruleControl(frame, entry, atNs, out)) return;
    if (!this.arriving.isEmpty && frame.opcode !== opcodes.close) {
      this.arriving.keep(frame, entry, atNs);
      return;
    }
    if (!this.arriving.isEmpty) {
      // A close frame between fragments: the message will not come to its end.
      this.releaseArriving(atNs, out);
      this.spilling = true;
      this.insideMessage = true;
    }
    this.arriving.sinceNs = undefined;
    const sent = this.outlet.passControl(frame, atNs, out);
    out.push({ kind: "record", entry, sent });
  }

  /** The last frame of a message has come. */
  private decide(atNs: number, out: RelayCommand[]): void {
    const message = this.host.names.message(this.ruling, this.arriving.data, atNs);
    const decision = this.ruling.decide(message, atNs, out);
    if (decision === undefined) {
      this.releaseArriving(atNs, out);
      this.noteUntouched(message, atNs, out);
      return;
    }
    const { frames, entries } = this.arriving.take();
    for (const [i, entry] of entries.entries()) {
      const frame = frames[i];
      const sent =
        frame !== undefined && isControl(frame.opcode) && this.outlet.passControl(frame, atNs, out);
      out.push({ kind: "record", entry, sent });
    }
    this.carryOut(message, decision, atNs, out);
  }

  /** A message has gone out as it came. */
  private noteUntouched(message: RuledMessage, atNs: number, out: RelayCommand[]): void {
    if (!this.outlet.muted) this.host.own.messageSent(message, atNs, out);
    this.host.own.noteMessage(message, atNs, out);
  }

  /** A CALL is open before what a rule sends because of it; an answer frees the way after it. */
  private carryOut(message: RuledMessage, decision: Decision, atNs: number, out: RelayCommand[]): void {
    const isCall = message.type === "CALL";
    if (isCall) this.host.own.noteMessage(message, atNs, out);
    this.ruling.carryOut(message, decision, atNs, out);
    if (!isCall) this.host.own.noteMessage(message, atNs, out);
  }

  /** Sends what has arrived of an unfinished or untouched message, in the order in which it came. */
  private releaseArriving(atNs: number, out: RelayCommand[]): void {
    const { frames, entries } = this.arriving.take();
    if (frames.length === 0) return;
    const { outlet } = this;
    // Together in one write, unless something before them holds the lane, which control frames may overtake.
    const isTogether = !outlet.blocked;
    const allSent = isTogether && outlet.pass(concat(frames.map(({ raw }) => raw)), atNs, out);
    for (const [i, entry] of entries.entries()) {
      const frame = frames[i];
      const sent = isTogether || frame === undefined ? allSent : this.passFrame(frame, atNs, out);
      out.push({ kind: "record", entry, sent });
    }
  }

  private passFrame(frame: FrameView, atNs: number, out: RelayCommand[]): boolean {
    return isControl(frame.opcode)
      ? this.outlet.passControl(frame, atNs, out)
      : this.outlet.pass(frame.raw, atNs, out);
  }

  /** Sends what will never be whole, because the stream is over. */
  private passUnfinished(atNs: number, out: RelayCommand[]): void {
    const start = this.scanned;
    this.releaseArriving(atNs, out);
    const pending = this.scanner.pending();
    if (pending.length === 0) return;
    const sent = this.outlet.pass(this.unwritten(pending, start), atNs, out);
    out.push({ kind: "record", entry: bytesEntry(this.place, "cut-off", pending, atNs), sent });
  }

  private watchWaiting(chunk: Uint8Array, atNs: number, out: RelayCommand[]): void {
    const pending = this.received - this.scanned;
    if (this.spilling) {
      const fresh = this.received - Math.max(this.scanned, this.writtenTo);
      this.passPart(chunk.subarray(chunk.length - fresh), this.scanned >= this.writtenTo, atNs, out);
      return;
    }
    this.arriving.wait(atNs);
    if (this.arriving.cost + pending > this.host.limits.waitBytes) this.spill(atNs, out);
  }

  private spill(atNs: number, out: RelayCommand[]): void {
    const { connection, direction } = this.place;
    const pending = this.scanner.pending();
    const bytes = this.arriving.bytes + pending.length;
    const message = `${direction}: a message is still incomplete at its limit of time or size (${bytes} bytes); it is forwarded in parts, without rules`;
    const entry = { kind: "note", connection, at: atNs, code: "spilled", message } as const;
    out.push({ kind: "record", entry, sent: false });
    this.writtenTo = this.scanned;
    this.insideMessage = !this.arriving.isEmpty || !isControl((pending[0] ?? 0) & 15);
    this.releaseArriving(atNs, out);
    this.spilling = true;
    this.passPart(pending, true, atNs, out);
  }

  /** Sends a part of a frame that is not whole yet; even so a close frame overtakes nothing. */
  private passPart(bytes: Uint8Array, beginsFrame: boolean, atNs: number, out: RelayCommand[]): void {
    const [first] = bytes;
    if (beginsFrame && first !== undefined && (first & 15) === opcodes.close)
      this.outlet.passAfterHeld(bytes, atNs, out);
    else this.outlet.pass(bytes, atNs, out);
    this.writtenTo = this.received;
  }

  /** The part of these bytes, which begin at `start` in the stream, that no spill has written yet. */
  private unwritten(bytes: Uint8Array, start: number): Uint8Array {
    return bytes.subarray(Math.min(bytes.length, Math.max(0, this.writtenTo - start)));
  }

  /** When what arrives has waited long enough. */
  private spillAtNs(): number {
    const { sinceNs } = this.arriving;
    if (sinceNs === undefined) return never;
    const { waitMs, stallMs } = this.host.limits;
    return Math.min(sinceNs + waitMs * nsPerMs, this.lastBytesNs + stallMs * nsPerMs);
  }

  private setTimer(atNs: number, out: RelayCommand[]): void {
    const next = Math.min(this.outlet.nextAtNs() ?? never, this.spillAtNs());
    if (next === never || (this.timerAtNs !== undefined && this.timerAtNs <= next)) return;
    this.timerAtNs = next;
    const ms = timerMs(atNs, next);
    out.push({ kind: "timer", id: this.place.direction, ms });
  }
}

/** Makes a gate; one that replaces a tap goes on where that has stopped. */
export function createGate(place: LanePlace, host: LaneHost, taken?: HandOver): Lane {
  return new Gate(place, host, taken);
}
