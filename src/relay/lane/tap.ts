// A lane that no rule can touch: the very chunk that came in goes out first, and only then is it looked at,
// so that the tap can be slow or wrong and still not change or stop a byte (design 4.4).

import type { Direction } from "../../base/direction.js";
import { type FrameView, isControl } from "../../wire/websocket/frame.js";
import { createScanner, type Piece, type Scanner } from "../../wire/websocket/scanner.js";
import type { RelayCommand } from "../protocol.js";
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

class Tap implements TapLane {
  private readonly place: LanePlace;
  private readonly scanner: Scanner;
  private readonly hear: Hear | undefined;
  private muted = false;
  private ended = false;
  /** The sender's stream is over. */
  private isOver = false;
  /** A message has begun whose last frame has not come. */
  private insideMessage = false;
  /** What passes cannot be taken over: a frame in parts, or bytes that nobody can follow. */
  private partial = false;

  constructor(place: LanePlace, hear: Hear | undefined) {
    this.place = place;
    this.hear = hear;
    this.scanner = createScanner(place.maxFrame);
  }

  bytes(chunk: Uint8Array, at: number, out: RelayCommand[]): void {
    if (!this.muted) out.push({ kind: "write", to: this.place.to, bytes: chunk });
    for (const piece of this.scanner.push(chunk)) this.note(piece, at, out);
  }

  end(how: "end" | "reset", at: number, out: RelayCommand[]): void {
    this.noteUnfinished(at, out);
    this.isOver = true;
    if (!this.muted) out.push({ kind: how, to: this.place.to });
  }

  settle(at: number, out: RelayCommand[]): void {
    this.noteUnfinished(at, out);
    this.muted = true;
  }

  wake(): void {
    // A tap sets no timers.
  }

  flush(): void {
    // A tap holds nothing.
  }

  finish(closing: Closing, at: number, out: RelayCommand[]): void {
    if (this.muted) return;
    this.muted = true;
    const { to } = this.place;
    const { by, closeFrame } = closing;
    // In the middle of a frame a close frame would become part of its payload: end the stream without one.
    if (this.scanner.between && closeFrame !== undefined)
      out.push({ kind: "write", to, bytes: closeFrame }, injectedEntry(this.place, closeFrame, by, at));
    out.push({ kind: "end", to });
  }

  silence(): void {
    this.muted = true;
  }

  insert({ raw }: FrameView, by: string, at: number, out: RelayCommand[]): Inserted {
    if (this.muted || this.isOver) return "never";
    if (!this.scanner.between) return "later";
    out.push({ kind: "write", to: this.place.to, bytes: raw }, injectedEntry(this.place, raw, by, at));
    return "sent";
  }

  /** What a gate needs to go on here; undefined while it cannot. */
  handOver(): HandOver | undefined {
    if (this.partial || this.muted || this.ended) return undefined;
    const [first] = this.scanner.pending();
    const isMessage = first !== undefined && !isControl(first & 15);
    return { scanner: this.scanner, insideMessage: this.insideMessage || isMessage };
  }

  private noteUnfinished(at: number, out: RelayCommand[]): void {
    const pending = this.scanner.pending();
    if (this.ended || pending.length === 0) return;
    this.ended = true;
    out.push({ kind: "record", entry: bytesEntry(this.place, "cut-off", pending, at), sent: !this.muted });
  }

  private note(piece: Piece, at: number, out: RelayCommand[]): void {
    if (piece.kind === "frame") {
      out.push({ kind: "record", entry: frameEntry(this.place, piece.frame, at), sent: !this.muted });
      if (!isControl(piece.frame.opcode)) this.insideMessage = !piece.frame.fin;
      this.hear?.(this.place.direction, piece.frame, at, out);
      return;
    }
    if (piece.kind === "opaque" && piece.first) out.push(opaqueNote(this.place, at));
    this.partial = piece.kind === "opaque" || !piece.last;
    if (piece.kind === "run" && !isControl(piece.header.opcode)) this.insideMessage = !piece.header.fin;
    const why = piece.kind === "run" ? "run" : "opaque";
    out.push({ kind: "record", entry: bytesEntry(this.place, why, piece.bytes, at), sent: !this.muted });
  }
}

/** Told of every frame that passes. */
export type Hear = (direction: Direction, frame: FrameView, at: number, out: RelayCommand[]) => void;

/** A lane that only listens. */
export interface TapLane extends Lane {
  /** What a gate needs to go on here; undefined while it cannot. */
  handOver(): HandOver | undefined;
}

/** Makes a tap; `hear`, if any, is told of every frame. */
export function createTap(place: LanePlace, hear: Hear | undefined): TapLane {
  return new Tap(place, hear);
}
