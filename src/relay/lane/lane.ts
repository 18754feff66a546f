// One direction of a proxied connection, as its two kinds (tap and gate) have it in common: what a lane can
// be told, what it knows of its surroundings, and how pieces of the stream become entries of the cassette.

import type { Direction, Side } from "../../base/direction.js";
import type { BytesEntry, FrameEntry } from "../../cassette/format/entry.js";
import type { FrameView } from "../../wire/websocket/frame.js";
import type { Scanner } from "../../wire/websocket/scanner.js";
import type { RelayCommand } from "../protocol.js";

/** One direction of a proxied connection; commands are pushed to `out`. */
export interface Lane {
  /** Takes the next bytes of the sender. */
  bytes(chunk: Uint8Array, at: number, out: RelayCommand[]): void;
  /** The sender's stream is over; the end is mirrored behind everything that came before it. A reset may follow an end. */
  end(how: "end" | "reset", at: number, out: RelayCommand[]): void;
  /** The receiver is gone: records what has not become whole and sends nothing more. */
  settle(at: number, out: RelayCommand[]): void;
  /** The lane's timer rang. */
  wake(at: number, out: RelayCommand[]): void;
  /** Hands on at once what a rule holds. */
  flush(at: number, out: RelayCommand[]): void;
  /**
   * Ends the lane by our own decision: writes the close frame where a frame can stand, then ends the stream.
   * What comes in afterwards is recorded and goes nowhere.
   */
  finish(closing: Closing, at: number, out: RelayCommand[]): void;
  /** Sends nothing more, the end of the stream included, nor what a rule holds; what comes in is recorded. */
  silence(out: RelayCommand[]): void;
  /** Sends a control frame of our own where a frame can stand now, and records it; `by` is the rule. */
  insert(frame: FrameView, by: string, at: number, out: RelayCommand[]): Inserted;
}

/** Whether a frame of our own went out; `later` inside a frame that is passing, `never` where nothing can go out. */
export type Inserted = "sent" | "later" | "never";

/** Where a tap has stopped, for the gate that takes its place. */
export interface HandOver {
  /** With what it holds of a frame that has begun. */
  readonly scanner: Scanner;
  /** A fragmented message has begun and not ended, or the frame that has begun is one of a message. */
  readonly insideMessage: boolean;
}

/** A close of our own making. */
export interface Closing {
  /** Undefined where the stream is to end without one. */
  readonly closeFrame: Uint8Array | undefined;
  /** The rule that asked for it. */
  readonly by: string;
  /** Whether held messages are thrown away instead of sent first. */
  readonly discardHeld: boolean;
}

/** What a lane knows of its connection. */
export interface LanePlace {
  readonly connection: number;
  readonly direction: Direction;
  /** The side that receives. */
  readonly to: Side;
  /** Largest payload that is kept whole, in bytes. */
  readonly maxFrame: number;
  /** Frames so far, by direction; lanes count their own and read the other's. */
  readonly frames: Record<Direction, number>;
  readonly other: Direction;
}

/** The entry of a whole frame; counts it. */
export function frameEntry(place: LanePlace, frame: FrameView, at: number): FrameEntry {
  place.frames[place.direction]++;
  return {
    kind: "frame",
    connection: place.connection,
    direction: place.direction,
    rx: at,
    tx: null,
    seen: place.frames[place.other],
    raw: frame.raw,
  };
}

/** The entry of bytes that are no whole frame. */
export function bytesEntry(
  place: LanePlace,
  why: BytesEntry["why"],
  raw: Uint8Array,
  at: number,
): BytesEntry {
  return {
    kind: "bytes",
    connection: place.connection,
    direction: place.direction,
    rx: at,
    tx: null,
    seen: place.frames[place.other],
    why,
    raw,
  };
}

/** The entry of a frame of our own. */
export function injectedEntry(place: LanePlace, raw: Uint8Array, by: string, at: number): RelayCommand {
  const { connection, direction } = place;
  return { kind: "record", entry: { kind: "injected", connection, direction, at, by, raw }, sent: false };
}

/** Says once that this lane cannot be followed any more. */
export function opaqueNote(place: LanePlace, at: number): RelayCommand {
  const message = `${place.direction}: what follows cannot be read as WebSocket frames; it is forwarded and recorded as bytes, without rules`;
  return {
    kind: "record",
    entry: { kind: "note", connection: place.connection, at, code: "opaque", message },
    sent: false,
  };
}
