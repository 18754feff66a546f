// A lane that no rule can touch: the very chunk that came in goes out first, and only then is it looked at,
// so that the tap can be slow or wrong and still not change or stop a byte (design 4.4).

import { createScanner, type Piece, type Scanner } from "../wire/scanner.js";
import { bytesEntry, type Closing, frameEntry, type Lane, type LanePlace, opaqueNote } from "./lane.js";
import type { Listener } from "./listener.js";
import type { RelayCommand } from "./protocol.js";

class Tap implements Lane {
  private readonly place: LanePlace;
  private readonly scanner: Scanner;
  private readonly listener: Listener | undefined;
  private muted = false;
  private ended = false;

  constructor(place: LanePlace, listener: Listener | undefined) {
    this.place = place;
    this.listener = listener;
    this.scanner = createScanner(place.maxFrame);
  }

  bytes(chunk: Uint8Array, at: number, out: RelayCommand[]): void {
    if (!this.muted) out.push({ kind: "write", to: this.place.to, octets: chunk });
    for (const piece of this.scanner.push(chunk)) this.note(piece, at, out);
  }

  end(how: "end" | "reset", at: number, out: RelayCommand[]): void {
    this.noteUnfinished(at, out);
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
    const { connection, direction, to } = this.place;
    // In the middle of a frame a close frame would become part of its payload: end the stream without one.
    if (this.scanner.between) {
      out.push({ kind: "write", to, octets: closing.closeFrame });
      const entry = {
        kind: "injected",
        connection,
        direction,
        at,
        by: closing.by,
        raw: closing.closeFrame,
      } as const;
      out.push({ kind: "record", entry, sent: false });
    }
    out.push({ kind: "end", to });
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
      this.listener?.hear(this.place.direction, piece.frame);
      return;
    }
    if (piece.kind === "opaque" && piece.first) out.push(opaqueNote(this.place, at));
    const why = piece.kind === "run" ? "run" : "opaque";
    out.push({ kind: "record", entry: bytesEntry(this.place, why, piece.octets, at), sent: !this.muted });
  }
}

/** Makes a tap; the listener, if any, hears every frame. */
export function createTap(place: LanePlace, listener: Listener | undefined): Lane {
  return new Tap(place, listener);
}
