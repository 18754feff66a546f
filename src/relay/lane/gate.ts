// A lane that rules may touch: bytes wait until their message is whole, the rules decide, then the raw views
// of its frames go out (design 4.4). Waiting is bounded in bytes and in time; what waits too long is spilled,
// unruled. Pings and pongs overtake what a rule holds, never the fragments of a message still arriving; a
// close frame and the end of the stream overtake nothing (invariant 3). No fault is known here by name.

import { concat } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import { nsPerMs, timerMs } from "../../base/time.js";
import { type FrameView, isControl, opcodes } from "../../wire/websocket/frame.js";
import { createScanner, type Piece, type Scanner } from "../../wire/websocket/scanner.js";
import type { Named } from "../messages/listener.js";
import type { Desk } from "../own/gate-controls.js";
import type { RelayCommand } from "../protocol.js";
import { type Arrived, Arriving } from "./arriving.js";
import {
  bytesEntry,
  type Closing,
  frameEntry,
  type HandOver,
  type Inserted,
  injectedEntry,
  type Lane,
  type LanePlace,
  opaqueNote,
} from "./lane.js";
import { createOutlet, type Outlet } from "./outlet.js";
import { type Ruled, Ruling, type RulingOptions } from "./ruling.js";

/** How long a gate waits, and who decides. */
export interface GateOptions extends RulingOptions {
  /** Bytes of an unfinished message that may wait. */
  readonly waitBytes: number;
  /** Milliseconds that an unfinished message may wait. */
  readonly waitMs: number;
  /** Milliseconds without another byte after which an unfinished message waits no longer. */
  readonly stallMs: number;
  /** Bytes that rules may hold before the sender is paused. */
  readonly holdBytes: number;
  /** Makes the gate known to its connection. */
  readonly enter: (direction: Direction, desk: Desk) => void;
  /** A message of the peers has come by. */
  readonly heard: (direction: Direction, about: Named, at: number, out: RelayCommand[]) => void;
}

const mostInjections = 100;
const never = Number.POSITIVE_INFINITY;
const resetPatienceNs = 2000 * nsPerMs;

class Gate implements Lane, Desk {
  private readonly place: LanePlace;
  private readonly options: GateOptions;
  private readonly scanner: Scanner;
  private readonly outlet: Outlet;
  private readonly ruling: Ruling;
  private readonly arriving = new Arriving();
  private heardAt = 0;
  /** Bytes received in all, and up to which of them a spilled message has been written. */
  private received = 0;
  private scanned = 0;
  private writtenTo = 0;
  /** Bytes pass unruled up to the end of the frame or message that could not wait. */
  private spilling = false;
  /** What is spilled belongs to a message, and not to a control frame between messages. */
  private insideMessage = false;
  private opaque = false;
  private ended = false;
  /** Messages of our own that wait for a boundary between messages. */
  private injections: Uint8Array[] = [];
  /** When the timer that was asked for will ring. */
  private timerAt: number | undefined;

  constructor(place: LanePlace, options: GateOptions, taken: HandOver | undefined) {
    this.place = place;
    this.options = options;
    this.scanner = taken?.scanner ?? createScanner(place.maxFrame);
    this.outlet = createOutlet(place, options.holdBytes, options.perform);
    this.ruling = new Ruling(place, options, this.outlet);
    options.enter(place.direction, this);
    if (taken === undefined) return;
    // What a tap has begun is on its way already: it goes on as if it had been spilled.
    this.received = this.scanner.pending().length;
    this.writtenTo = this.received;
    this.insideMessage = taken.insideMessage;
    this.spilling = this.received > 0 || taken.insideMessage;
  }

  bytes(chunk: Uint8Array, at: number, out: RelayCommand[]): void {
    this.received += chunk.length;
    this.heardAt = at;
    for (const piece of this.scanner.push(chunk)) {
      this.take(piece, at, out);
      this.sendInjections(at, out);
    }
    this.watchWaiting(chunk, at, out);
    this.setTimer(at, out);
  }

  end(how: "end" | "reset", at: number, out: RelayCommand[]): void {
    if (!this.ended) this.passUnfinished(at, out);
    this.ended = true;
    // A reset waits for what was read before it, but not as long as a rule may hold a message (invariant 1).
    const latest = how === "reset" ? at + resetPatienceNs : never;
    if (!this.outlet.muted) this.outlet.end(how, at, latest, out);
    this.setTimer(at, out);
  }

  settle(at: number, out: RelayCommand[]): void {
    this.outlet.mute();
    if (!this.ended) this.passUnfinished(at, out);
    this.ended = true;
  }

  wake(at: number, out: RelayCommand[]): void {
    this.timerAt = undefined;
    if (at >= this.spillAt()) this.spill(at, out);
    this.outlet.release(at, out);
    this.setTimer(at, out);
  }

  flush(at: number, out: RelayCommand[]): void {
    this.outlet.hurry(at, out);
    this.wake(at, out);
  }

  finish(closing: Closing, at: number, out: RelayCommand[]): void {
    if (this.outlet.muted) return;
    if (closing.discardHeld) this.outlet.discard(out);
    // In the middle of a frame a close frame would become part of its payload: end the stream without one.
    const { by, closeFrame } = closing;
    if (closeFrame !== undefined && !this.spilling && !this.opaque && !this.ended) {
      this.outlet.behindHeld(closeFrame, at, out);
      out.push(injectedEntry(this.place, closeFrame, by, at));
    }
    this.outlet.end("end", at, never, out);
    this.outlet.mute();
    this.setTimer(at, out);
  }

  inject(bytes: Uint8Array, at: number, out: RelayCommand[]): "sent" | "later" | "never" {
    if (this.opaque || this.ended || this.outlet.muted || this.outlet.closing) return "never";
    if (!this.spilling) this.outlet.pass(bytes, at, out);
    // In the middle of a message that passes in parts; its end is waited for.
    else if (this.injections.length < mostInjections) this.injections.push(bytes);
    else return "never";
    return this.spilling ? "later" : "sent";
  }

  passed(direction: Direction, about: Named, at: number, out: RelayCommand[]): void {
    if (!this.outlet.awaits) return;
    this.outlet.passed(direction, about, at, out);
    this.setTimer(at, out);
  }

  free(what: "own-call" | "command", at: number, out: RelayCommand[]): void {
    this.outlet.free(what, at, out);
    this.setTimer(at, out);
  }

  private sendInjections(at: number, out: RelayCommand[]): void {
    if (this.spilling || this.injections.length === 0) return;
    const bytes = this.injections;
    this.injections = [];
    if (!this.opaque && !this.outlet.closing) for (const part of bytes) this.outlet.pass(part, at, out);
  }

  silence(out: RelayCommand[]): void {
    this.outlet.silence(out);
  }

  insert(frame: FrameView, by: string, at: number, out: RelayCommand[]): Inserted {
    if (this.outlet.muted || this.opaque || this.ended) return "never";
    if (this.spilling) return "later";
    this.outlet.passControl(frame, at, out);
    out.push(injectedEntry(this.place, frame.raw, by, at));
    return "sent";
  }

  private take(piece: Piece, at: number, out: RelayCommand[]): void {
    const start = this.scanned;
    if (piece.kind === "frame") {
      this.scanned += piece.frame.raw.length;
      this.takeFrame(piece.frame, start, at, out);
      return;
    }
    this.scanned += piece.bytes.length;
    const rest = this.unwritten(piece.bytes, start);
    if (piece.kind === "run") this.takeRun(piece, rest, at, out);
    else {
      if (piece.first) out.push(opaqueNote(this.place, at));
      this.releaseArriving(at, out);
      this.opaque = true;
      this.spilling = false;
      const sent = this.outlet.pass(rest, at, out);
      out.push({ kind: "record", entry: bytesEntry(this.place, "opaque", piece.bytes, at), sent });
    }
    this.writtenTo = this.scanned;
  }

  /** An oversized frame, and the message it belongs to, pass unruled to their end. */
  private takeRun(piece: Piece & { kind: "run" }, rest: Uint8Array, at: number, out: RelayCommand[]): void {
    const { header, bytes, first, last } = piece;
    const control = isControl(header.opcode);
    if (first) this.insideMessage = !control || (this.spilling ? this.insideMessage : !this.arriving.isEmpty);
    this.releaseArriving(at, out);
    const sent = this.outlet.passRest(header.opcode, rest, at, out);
    out.push({ kind: "record", entry: bytesEntry(this.place, "run", bytes, at), sent });
    this.spilling = !last || (control ? this.insideMessage : !header.fin);
  }

  private takeFrame(frame: FrameView, start: number, at: number, out: RelayCommand[]): void {
    const arrived = { frame, entry: frameEntry(this.place, frame, at) };
    const begins = !isControl(frame.opcode) && frame.opcode !== opcodes.continuation;
    // A new beginning inside an unfinished message (RFC 6455 5.4 forbids it) is a message of its own again.
    if (this.spilling && begins && this.insideMessage && start >= this.writtenTo) this.spilling = false;
    if (this.spilling) this.takeSpilled(arrived, start, at, out);
    else if (isControl(frame.opcode)) this.takeControl(arrived, at, out);
    else {
      if (begins) this.releaseArriving(at, out);
      this.takeData(arrived, at, out);
    }
  }

  private takeData(arrived: Arrived, at: number, out: RelayCommand[]): void {
    const { fin } = arrived.frame;
    if (fin && this.arriving.isEmpty) {
      this.decideAlone(arrived, at, out);
      return;
    }
    this.arriving.keep(arrived, at);
    if (fin) this.decide(at, out);
  }

  /** A message of one frame, as nearly all are. */
  private decideAlone({ frame, entry }: Arrived, at: number, out: RelayCommand[]): void {
    const frames = [frame];
    const about = this.ruling.name(frames);
    const ruled = this.ruling.message(frames, about, at, out);
    if (ruled === undefined) {
      const sent = this.outlet.pass(frame.raw, at, out);
      out.push({ kind: "record", entry, sent });
      this.untouched(about, at, out);
      return;
    }
    out.push({ kind: "record", entry, sent: false });
    this.carryOut(ruled, about, at, out);
  }

  private takeSpilled({ frame, entry }: Arrived, start: number, at: number, out: RelayCommand[]): void {
    const rest = this.unwritten(frame.raw, start);
    const sent = this.outlet.passRest(frame.opcode, rest, at, out);
    out.push({ kind: "record", entry, sent });
    if (isControl(frame.opcode)) this.spilling = this.insideMessage;
    else if (frame.fin) this.spilling = false;
  }

  private takeControl(arrived: Arrived, at: number, out: RelayCommand[]): void {
    if (this.isDecided(arrived, at, out)) return;
    if (!this.arriving.isEmpty && arrived.frame.opcode !== opcodes.close) {
      this.arriving.keep(arrived, at);
      return;
    }
    if (!this.arriving.isEmpty) {
      // A close frame between fragments: the message will not come to its end.
      this.releaseArriving(at, out);
      this.spilling = true;
      this.insideMessage = true;
    }
    this.arriving.since = undefined;
    const sent = this.outlet.passControl(arrived.frame, at, out);
    out.push({ kind: "record", entry: arrived.entry, sent });
  }

  /** Whether a rule takes care of this control frame. */
  private isDecided({ frame, entry }: Arrived, at: number, out: RelayCommand[]): boolean {
    const ruled = this.outlet.muted ? undefined : this.ruling.control(frame, at);
    if (ruled === undefined) return false;
    out.push({ kind: "record", entry, sent: false });
    this.ruling.carryOut(ruled, at, out);
    return true;
  }

  private decide(at: number, out: RelayCommand[]): void {
    const { data } = this.arriving;
    const about = this.ruling.name(data);
    const ruled = this.ruling.message(data, about, at, out);
    if (ruled === undefined) {
      this.releaseArriving(at, out);
      this.untouched(about, at, out);
      return;
    }
    for (const { frame, entry } of this.arriving.take()) {
      const sent = isControl(frame.opcode) && this.outlet.passControl(frame, at, out);
      out.push({ kind: "record", entry, sent });
    }
    this.carryOut(ruled, about, at, out);
  }

  /** A message has passed that no rule cares for. */
  private untouched(about: Named, at: number, out: RelayCommand[]): void {
    if (!this.outlet.muted) this.options.passed(this.place.direction, about, at, out);
    this.options.heard(this.place.direction, about, at, out);
  }

  /** A CALL is open before what a rule sends on account of it; an answer frees the way behind it. */
  private carryOut(ruled: Ruled, about: Named, at: number, out: RelayCommand[]): void {
    const isCall = about.type === "CALL";
    if (!ruled.isOurs && isCall) this.options.heard(this.place.direction, about, at, out);
    this.ruling.carryOut(ruled, at, out);
    if (!ruled.isOurs && !isCall) this.options.heard(this.place.direction, about, at, out);
  }

  /** Sends what has arrived of an unfinished or untouched message, in the order in which it came. */
  private releaseArriving(at: number, out: RelayCommand[]): void {
    const arrived = this.arriving.take();
    if (arrived.length === 0) return;
    if (this.outlet.blocked) {
      for (const { frame, entry } of arrived) {
        const sent = isControl(frame.opcode)
          ? this.outlet.passControl(frame, at, out)
          : this.outlet.pass(frame.raw, at, out);
        out.push({ kind: "record", entry, sent });
      }
      return;
    }
    const sent = this.outlet.pass(concat(arrived.map(({ frame }) => frame.raw)), at, out);
    for (const { entry } of arrived) out.push({ kind: "record", entry, sent });
  }

  /** Sends what will never be whole, because the stream is over. */
  private passUnfinished(at: number, out: RelayCommand[]): void {
    const start = this.scanned;
    this.releaseArriving(at, out);
    const pending = this.scanner.pending();
    if (pending.length === 0) return;
    const sent = this.outlet.pass(this.unwritten(pending, start), at, out);
    out.push({ kind: "record", entry: bytesEntry(this.place, "cut-off", pending, at), sent });
  }

  private watchWaiting(chunk: Uint8Array, at: number, out: RelayCommand[]): void {
    const pending = this.received - this.scanned;
    if (this.spilling) {
      const fresh = this.received - Math.max(this.scanned, this.writtenTo);
      this.passPart(chunk.subarray(chunk.length - fresh), this.scanned >= this.writtenTo, at, out);
      return;
    }
    if (pending === 0 && this.arriving.isEmpty) return;
    this.arriving.wait(at);
    if (this.arriving.cost + pending > this.options.waitBytes) this.spill(at, out);
  }

  private spill(at: number, out: RelayCommand[]): void {
    const { connection, direction } = this.place;
    const pending = this.scanner.pending();
    const bytes = this.arriving.bytes + pending.length;
    const message = `${direction}: a message was not whole after ${bytes} bytes and its time; it passes without rules`;
    const entry = { kind: "note", connection, at, code: "spilled", message } as const;
    out.push({ kind: "record", entry, sent: false });
    this.writtenTo = this.scanned;
    this.insideMessage = !this.arriving.isEmpty || !isControl((pending[0] ?? 0) & 15);
    this.releaseArriving(at, out);
    this.spilling = true;
    this.passPart(pending, true, at, out);
  }

  /** Sends a part of a frame that is not whole yet; even so a close frame overtakes nothing. */
  private passPart(bytes: Uint8Array, beginsFrame: boolean, at: number, out: RelayCommand[]): void {
    const [first] = bytes;
    if (beginsFrame && first !== undefined && (first & 15) === opcodes.close)
      this.outlet.behindHeld(bytes, at, out);
    else this.outlet.pass(bytes, at, out);
    this.writtenTo = this.received;
  }

  /** The part of these bytes, which begin at `start` in the stream, that no spill has written yet. */
  private unwritten(bytes: Uint8Array, start: number): Uint8Array {
    return bytes.subarray(Math.min(bytes.length, Math.max(0, this.writtenTo - start)));
  }

  /** When what arrives has waited long enough. */
  private spillAt(): number {
    const { since } = this.arriving;
    if (since === undefined) return never;
    const { waitMs, stallMs } = this.options;
    return Math.min(since + waitMs * nsPerMs, this.heardAt + stallMs * nsPerMs);
  }

  private setTimer(at: number, out: RelayCommand[]): void {
    const next = Math.min(this.outlet.nextAt() ?? never, this.spillAt());
    if (next === never || (this.timerAt !== undefined && this.timerAt <= next)) return;
    this.timerAt = next;
    const ms = timerMs(at, next);
    out.push({ kind: "timer", id: this.place.direction, ms });
  }
}

/** Makes a gate; one that takes a tap's place goes on where that has stopped. */
export function createGate(place: LanePlace, options: GateOptions, taken?: HandOver): Lane {
  return new Gate(place, options, taken);
}
