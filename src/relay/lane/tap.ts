// A lane that no rule can touch: the very chunk that came in goes out first, and is looked at afterwards, so that a tap that
// is slow or wrong still neither changes nor stops a byte.

import type { RuledLane } from "../../rules/contract/ruled-message.js";
import { type FrameView, isControl } from "../../wire/websocket/frame.js";
import { createScanner, type Piece, type Scanner } from "../../wire/websocket/scanner.js";
import type { SendOutcome } from "../own/gate-controls.js";
import type { RelayCommand } from "../protocol.js";
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

/** A lane that forwards everything at once. */
export interface TapLane extends Lane {
  /** What a gate needs to go on here; undefined while it cannot. */
  handOver(): HandOver | undefined;
}

class Tap implements TapLane {
  private readonly place: LanePlace;
  private readonly scanner: Scanner;
  private readonly host: LaneHost | undefined;
  /** The lane as messages know it; made for the first message. */
  private ruled: RuledLane | undefined;
  private muted = false;
  private ended = false;
  /** The sender's stream is over. */
  private isOver = false;
  /** A message has begun whose last frame has not come. */
  private insideMessage = false;
  /** No gate can take over: a frame passes in parts, or bytes that cannot be followed. */
  private partial = false;

  constructor(place: LanePlace, host: LaneHost | undefined) {
    this.place = place;
    this.host = host;
    this.scanner = createScanner(place.maxFrame);
  }

  bytes(chunk: Uint8Array, atNs: number, out: RelayCommand[]): void {
    if (!this.muted) out.push({ kind: "write", to: this.place.to, bytes: chunk });
    for (const piece of this.scanner.push(chunk)) this.note(piece, atNs, out);
  }

  end(how: "end" | "reset", atNs: number, out: RelayCommand[]): void {
    this.noteUnfinished(atNs, out);
    this.isOver = true;
    if (!this.muted) out.push({ kind: how, to: this.place.to });
  }

  settle(atNs: number, out: RelayCommand[]): void {
    this.noteUnfinished(atNs, out);
    this.muted = true;
  }

  wake(): void {
    // A tap sets no timers.
  }

  flush(): void {
    // A tap holds nothing.
  }

  sendOwn(): SendOutcome {
    return "never";
  }

  messageSent(): void {
    // Nothing waits here.
  }

  release(): void {
    // Nothing waits here.
  }

  finish(closing: Closing, atNs: number, out: RelayCommand[]): void {
    if (this.muted) return;
    this.muted = true;
    const { to } = this.place;
    const { by, closeFrame } = closing;
    // In the middle of a frame a close frame would become part of its payload: end the stream without one.
    if (this.scanner.between && closeFrame !== undefined)
      out.push({ kind: "write", to, bytes: closeFrame }, injectedEntry(this.place, closeFrame, by, atNs));
    out.push({ kind: "end", to });
  }

  silence(): void {
    this.muted = true;
  }

  insert({ raw }: FrameView, by: string, atNs: number, out: RelayCommand[]): SendOutcome {
    if (this.muted || this.isOver) return "never";
    if (!this.scanner.between) return "later";
    out.push({ kind: "write", to: this.place.to, bytes: raw }, injectedEntry(this.place, raw, by, atNs));
    return "sent";
  }

  /** What a gate needs to go on here; undefined while it cannot. */
  handOver(): HandOver | undefined {
    if (this.partial || this.muted || this.ended) return undefined;
    const [first] = this.scanner.pending();
    const isMessage = first !== undefined && !isControl(first & 15);
    return { scanner: this.scanner, insideMessage: this.insideMessage || isMessage };
  }

  private noteUnfinished(atNs: number, out: RelayCommand[]): void {
    const pending = this.scanner.pending();
    if (this.ended || pending.length === 0) return;
    this.ended = true;
    out.push({ kind: "record", entry: bytesEntry(this.place, "cut-off", pending, atNs), sent: !this.muted });
  }

  private note(piece: Piece, atNs: number, out: RelayCommand[]): void {
    if (piece.kind === "frame") {
      out.push({ kind: "record", entry: frameEntry(this.place, piece.frame, atNs), sent: !this.muted });
      if (!isControl(piece.frame.opcode)) this.insideMessage = !piece.frame.fin;
      if (this.host !== undefined) this.followMessage(this.host, piece.frame, atNs, out);
      return;
    }
    if (piece.kind === "opaque" && piece.first) out.push(opaqueNote(this.place, atNs));
    this.partial = piece.kind === "opaque" || !piece.last;
    if (piece.kind === "run" && !isControl(piece.header.opcode)) this.insideMessage = !piece.header.fin;
    const why = piece.kind === "run" ? "run" : "opaque";
    out.push({ kind: "record", entry: bytesEntry(this.place, why, piece.bytes, atNs), sent: !this.muted });
  }

  /** A rule on answers needs the CALL that passes here, and messages may wait for one that does. */
  private followMessage(host: LaneHost, frame: FrameView, atNs: number, out: RelayCommand[]): void {
    const { rules, names, own } = host;
    this.ruled ??= { connection: rules, direction: this.place.direction, heldBack: 0 };
    const message = names.forwarded(this.ruled, frame, atNs);
    if (message === undefined) return;
    if (rules.rules.mayChange) rules.count(message);
    own.messageSent(message, atNs, out);
    own.noteMessage(message, atNs, out);
  }
}

/** Makes a tap; with a host, it follows the messages that pass. */
export function createTap(place: LanePlace, host: LaneHost | undefined): TapLane {
  return new Tap(place, host);
}
