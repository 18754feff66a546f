// Reads one direction of a captured stream: its head, if there is one, and its frames. If bytes are missing, the part of
// the interrupted frame is kept as bytes, and the search for the next frame starts. Never throws.

import { concat, noBytes } from "../../base/bytes.js";
import type { Side } from "../../base/direction.js";
import { type Head, readHead } from "../http/head.js";
import { type FrameView, readHeader } from "../websocket/frame.js";
import { looksLikeFrame } from "../websocket/frame-search.js";
import { createScanner, type Scanner } from "../websocket/scanner.js";

/** The sender and the time of an item. */
export interface ItemOrigin {
  readonly from: Side;
  /** When it was complete, in nanoseconds since 1970; null if the file has no times. */
  readonly atNs: bigint | null;
}

/** A part of one direction. */
export type CapturedItem = ItemOrigin &
  (
    | { readonly kind: "head"; readonly head: Head }
    | { readonly kind: "frame"; readonly frame: FrameView }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly why: "opaque" | "run" | "cut-off" }
    | { readonly kind: "hole"; readonly length: number }
    | { readonly kind: "end" | "reset" }
  );

/** How a direction starts: with a head, or at an unknown place among its frames. */
export type HalfStart = "head" | "unknown";

const maxFrame = 16 * 1024 * 1024;

/** Reader of one direction. */
export class CapturedHalf {
  readonly from: Side;
  /** The bytes of an incomplete head. */
  private headParts: Uint8Array[] = [];
  private state: "head" | "frames" | "search";
  private scanner: Scanner = createScanner(maxFrame);
  /** How many bytes of the interrupted frame are still to come. */
  private torn = 0;

  constructor(from: Side, start: HalfStart) {
    this.from = from;
    this.state = start === "head" ? "head" : "search";
  }

  /** Takes the next bytes. */
  data(bytes: Uint8Array, atNs: bigint | null): readonly CapturedItem[] {
    if (this.state === "head") return this.headBytes(bytes, atNs);
    const torn = bytes.subarray(0, this.torn);
    this.torn -= torn.length;
    const rest = bytes.subarray(torn.length);
    const items: CapturedItem[] = torn.length === 0 ? [] : [this.cutOff(torn, atNs)];
    if (rest.length === 0) return items;
    if (this.state === "search" && !looksLikeFrame(rest, this.from === "charger"))
      return [...items, this.cutOff(rest, atNs)];
    this.state = "frames";
    return [...items, ...this.frames(rest, atNs)];
  }

  /** Notes that `length` bytes are missing here. */
  hole(length: number, atNs: bigint | null): readonly CapturedItem[] {
    const pending = this.release();
    const items: CapturedItem[] = pending.length === 0 ? [] : [this.cutOff(pending, atNs)];
    const left = this.torn > 0 ? this.torn : this.state === "frames" ? lengthLeft(pending) : 0;
    // The interrupted frame's header gives its length: its remaining bytes are not a new frame.
    this.torn = Math.max(0, left - length);
    this.state = this.torn > 0 || (left > 0 && left === length) ? "frames" : "search";
    return [...items, { kind: "hole", from: this.from, atNs, length }];
  }

  /** Ends the direction; returns what is incomplete. */
  finish(atNs: bigint | null): readonly CapturedItem[] {
    const pending = this.release();
    return pending.length === 0 ? [] : [this.cutOff(pending, atNs)];
  }

  private release(): Uint8Array {
    const pending = this.state === "head" ? concat(this.headParts) : this.scanner.pending();
    this.headParts = [];
    this.scanner = createScanner(maxFrame);
    return pending.length === 0 ? noBytes : pending;
  }

  private cutOff(bytes: Uint8Array, atNs: bigint | null): CapturedItem {
    return { kind: "bytes", from: this.from, atNs, bytes, why: "cut-off" };
  }

  private headBytes(bytes: Uint8Array, atNs: bigint | null): readonly CapturedItem[] {
    this.headParts.push(bytes);
    const result = readHead(concat(this.headParts));
    if (result.kind === "incomplete") return [];
    this.headParts = [];
    if (result.kind !== "head") {
      this.state = "search";
      return this.data(bytes, atNs);
    }
    this.state = "frames";
    const head: CapturedItem = { kind: "head", from: this.from, atNs, head: result.head };
    return result.rest.length === 0 ? [head] : [head, ...this.frames(result.rest, atNs)];
  }

  private frames(bytes: Uint8Array, atNs: bigint | null): readonly CapturedItem[] {
    const { from } = this;
    return this.scanner
      .push(bytes)
      .map((piece) =>
        piece.kind === "frame"
          ? { kind: "frame", from, atNs, frame: piece.frame }
          : { kind: "bytes", from, atNs, bytes: piece.bytes, why: piece.kind },
      );
  }
}

/** How many bytes of the frame follow these; 0 if the header is incomplete. */
const lengthLeft = (pending: Uint8Array): number => {
  const header = readHeader(pending, 0);
  if (header === undefined) return 0;
  return Math.max(0, header.headerLength + header.declaredLength - pending.length);
};
