// One direction of a proxied connection: what its two kinds, tap and gate, have in common, and how pieces of the stream
// become entries of the cassette. Every `atNs` is in nanoseconds since the session's start.

import type { Direction, Side } from "../../base/direction.js";
import type { BytesEntry, FrameEntry } from "../../cassette/format/entry.js";
import type { FrameView } from "../../wire/websocket/frame.js";
import type { Scanner } from "../../wire/websocket/scanner.js";
import type { GateControls, SendOutcome } from "../own/gate-controls.js";
import type { RelayCommand } from "../protocol.js";

/** One direction of a proxied connection; commands are pushed to `out`. */
export interface Lane extends GateControls {
  /** Takes the next bytes of the sender. */
  bytes(chunk: Uint8Array, atNs: number, out: RelayCommand[]): void;
  /** The sender's stream is over; the end is mirrored after everything that came before it. A reset may follow an end. */
  end(how: "end" | "reset", atNs: number, out: RelayCommand[]): void;
  /** The receiver is gone: records what has not become whole and sends nothing more. */
  settle(atNs: number, out: RelayCommand[]): void;
  /** The timer of the lane rang, or the lane may have to become a gate. */
  wake(atNs: number, out: RelayCommand[]): void;
  /** Sends at once what rules hold. */
  flush(atNs: number, out: RelayCommand[]): void;
  /**
   * Ends the lane for a rule or the operator: writes the close frame where a frame can stand, then ends the stream. What
   * comes in afterwards is recorded and goes nowhere.
   */
  finish(closing: Closing, atNs: number, out: RelayCommand[]): void;
  /** Sends nothing more, neither the end of the stream nor what rules hold; what comes in is recorded. */
  silence(out: RelayCommand[]): void;
  /** Sends a control frame of our own where a frame can stand now, and records it; `by` is the rule. */
  insert(frame: FrameView, by: string, atNs: number, out: RelayCommand[]): SendOutcome;
}

/** Where a tap has stopped, for the gate that replaces it. */
export interface HandOver {
  /** The scanner, with what it holds of a frame that has begun. */
  readonly scanner: Scanner;
  /** A fragmented message has begun and not ended, or the frame that has begun is one of a message. */
  readonly insideMessage: boolean;
}

/** A close of our own. */
export interface Closing {
  /** Undefined where the stream ends without one. */
  readonly closeFrame: Uint8Array | undefined;
  /** The rule that wants it, or the operator. */
  readonly by: string;
  /** Whether held messages are thrown away instead of sent first. */
  readonly discardHeld: boolean;
}

/** The place of a lane: whose bytes it takes, and where they go. */
export interface LanePlace {
  readonly connection: number;
  readonly direction: Direction;
  /** The side that receives. */
  readonly to: Side;
  /** Largest payload that is kept whole, in bytes. */
  readonly maxFrame: number;
  /** Frames so far, by direction; a lane counts its own and reads the other's. */
  readonly frames: Record<Direction, number>;
  readonly other: Direction;
}

/** The entry of a whole frame; counts it. */
export function frameEntry(place: LanePlace, frame: FrameView, atNs: number): FrameEntry {
  place.frames[place.direction]++;
  return {
    kind: "frame",
    connection: place.connection,
    direction: place.direction,
    rx: atNs,
    tx: null,
    seen: place.frames[place.other],
    raw: frame.raw,
  };
}

/** The entry of bytes that are not a whole frame. */
export function bytesEntry(
  place: LanePlace,
  why: BytesEntry["why"],
  raw: Uint8Array,
  atNs: number,
): BytesEntry {
  return {
    kind: "bytes",
    connection: place.connection,
    direction: place.direction,
    rx: atNs,
    tx: null,
    seen: place.frames[place.other],
    why,
    raw,
  };
}

/** The entry of a frame of our own. */
export function injectedEntry(place: LanePlace, raw: Uint8Array, by: string, atNs: number): RelayCommand {
  const { connection, direction } = place;
  return {
    kind: "record",
    entry: { kind: "injected", connection, direction, at: atNs, by, raw },
    sent: false,
  };
}

/** The note that this lane cannot be followed any more. */
export function opaqueNote(place: LanePlace, atNs: number): RelayCommand {
  const message = `${place.direction}: what follows cannot be read as WebSocket frames; it is forwarded and recorded as bytes, without rules`;
  return {
    kind: "record",
    entry: { kind: "note", connection: place.connection, at: atNs, code: "opaque", message },
    sent: false,
  };
}
