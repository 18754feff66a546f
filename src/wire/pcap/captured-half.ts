// One direction of a captured stream -> its head, if it has one, and its frames. Where bytes are missing the
// frame that they tore is told as far as it goes, and the search for the next one begins. Total.

import { concat, noBytes } from "../../base/bytes.js";
import type { Side } from "../../base/direction.js";
import { type Head, readHead } from "../http/head.js";
import { type FrameView, readHeader } from "../websocket/frame.js";
import { looksLikeFrame } from "../websocket/frame-search.js";
import { createScanner, type Scanner } from "../websocket/scanner.js";

/** Where in the capture something became whole. */
export interface Instance {
  readonly from: Side;
  /** Nanoseconds since 1970; null where the file has no times. */
  readonly at: bigint | null;
}

/** What a direction of a captured stream holds. */
export type CapturedItem = Instance &
  (
    | { readonly kind: "head"; readonly head: Head }
    | { readonly kind: "frame"; readonly frame: FrameView }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly why: "opaque" | "run" | "cut-off" }
    | { readonly kind: "hole"; readonly length: number }
    | { readonly kind: "end" | "reset" }
  );

/** How a half begins: with a head, or somewhere in its frames. */
export type Beginning = "head" | "unknown";

const maxFrame = 16 * 1024 * 1024;

/** Reads one direction. */
export class CapturedHalf {
  readonly from: Side;
  /** The bytes of a head that is not whole. */
  private begun: Uint8Array[] = [];
  private state: "head" | "frames" | "search";
  private scanner: Scanner = createScanner(maxFrame);
  /** Bytes of a torn frame that are still to come. */
  private torn = 0;

  constructor(from: Side, beginning: Beginning) {
    this.from = from;
    this.state = beginning === "head" ? "head" : "search";
  }

  /** Takes the next bytes. */
  data(bytes: Uint8Array, at: bigint | null): readonly CapturedItem[] {
    if (this.state === "head") return this.headBytes(bytes, at);
    const torn = bytes.subarray(0, this.torn);
    this.torn -= torn.length;
    const rest = bytes.subarray(torn.length);
    const items: CapturedItem[] = torn.length === 0 ? [] : [this.cutOff(torn, at)];
    if (rest.length === 0) return items;
    if (this.state === "search" && !looksLikeFrame(rest, this.from === "charger"))
      return [...items, this.cutOff(rest, at)];
    this.state = "frames";
    return [...items, ...this.frames(rest, at)];
  }

  /** Bytes are missing here. */
  hole(length: number, at: bigint | null): readonly CapturedItem[] {
    const pending = this.release();
    const items: CapturedItem[] = pending.length === 0 ? [] : [this.cutOff(pending, at)];
    const left = this.torn > 0 ? this.torn : this.state === "frames" ? lengthLeft(pending) : 0;
    // A torn frame says how long it was: what remains of it is no new one.
    this.torn = Math.max(0, left - length);
    this.state = this.torn > 0 || (left > 0 && left === length) ? "frames" : "search";
    return [...items, { kind: "hole", from: this.from, at, length }];
  }

  /** The stream is over, or the capture is. */
  finish(at: bigint | null): readonly CapturedItem[] {
    const pending = this.release();
    return pending.length === 0 ? [] : [this.cutOff(pending, at)];
  }

  private release(): Uint8Array {
    const pending = this.state === "head" ? concat(this.begun) : this.scanner.pending();
    this.begun = [];
    this.scanner = createScanner(maxFrame);
    return pending.length === 0 ? noBytes : pending;
  }

  private cutOff(bytes: Uint8Array, at: bigint | null): CapturedItem {
    return { kind: "bytes", from: this.from, at, bytes, why: "cut-off" };
  }

  private headBytes(bytes: Uint8Array, at: bigint | null): readonly CapturedItem[] {
    this.begun.push(bytes);
    const result = readHead(concat(this.begun));
    if (result.kind === "incomplete") return [];
    this.begun = [];
    if (result.kind !== "head") {
      this.state = "search";
      return this.data(bytes, at);
    }
    this.state = "frames";
    const head: CapturedItem = { kind: "head", from: this.from, at, head: result.head };
    return result.rest.length === 0 ? [head] : [head, ...this.frames(result.rest, at)];
  }

  private frames(bytes: Uint8Array, at: bigint | null): readonly CapturedItem[] {
    const { from } = this;
    return this.scanner
      .push(bytes)
      .map((piece) =>
        piece.kind === "frame"
          ? { kind: "frame", from, at, frame: piece.frame }
          : { kind: "bytes", from, at, bytes: piece.bytes, why: piece.kind },
      );
  }
}

/** How many bytes of its frame are missing behind these; 0 where they do not tell. */
const lengthLeft = (pending: Uint8Array): number => {
  const header = readHeader(pending, 0);
  if (header === undefined) return 0;
  return Math.max(0, header.headerLength + header.declaredLength - pending.length);
};
