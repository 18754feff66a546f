// Splits a byte stream into frames, however the bytes arrive. Finds only where frames end; does not validate them, and
// never writes to its input. A 64-bit length with the highest bit set (invalid, RFC 6455 section 5.2) makes the rest of
// the stream opaque. A frame above the limit is returned in parts, so memory is limited to the limit plus one chunk.

import { concat } from "../../base/bytes.js";
import { type FrameHeader, type FrameView, frameView, readFrame, readHeader } from "./frame.js";

/** A part of the stream; the bytes of all pieces, joined, are the input. */
export type Piece =
  | { readonly kind: "frame"; readonly frame: FrameView }
  /** A part of a frame above the limit; the part with `first` includes the header's bytes. */
  | {
      readonly kind: "run";
      readonly header: FrameHeader;
      readonly bytes: Uint8Array;
      readonly first: boolean;
      readonly last: boolean;
    }
  /** Bytes in which no frames can be found; all later pieces are of this kind as well. */
  | { readonly kind: "opaque"; readonly bytes: Uint8Array; readonly first: boolean };

/** A scanner for one direction of one connection. */
export interface Scanner {
  /** Takes the next bytes and returns the pieces that they complete. A frame inside one chunk is a view of it. */
  push(chunk: Uint8Array): readonly Piece[];
  /** The bytes of the incomplete frame that were not returned yet. */
  pending(): Uint8Array;
  /** Whether the next byte starts a frame. */
  readonly between: boolean;
}

const largestLength = 2 ** 63;

class FrameScanner implements Scanner {
  private held: Uint8Array[] = [];
  private heldLength = 0;
  private wanted = 2;
  private opaque = false;
  private run: { header: FrameHeader; left: number; begun: boolean } | undefined;
  private readonly maxFrame: number;

  constructor(maxFrame: number) {
    this.maxFrame = maxFrame;
  }

  push(chunk: Uint8Array): readonly Piece[] {
    if (this.opaque) return [{ kind: "opaque", bytes: chunk, first: false }];
    if (this.heldLength === 0) return this.scan(chunk);
    this.held.push(chunk);
    this.heldLength += chunk.length;
    if (this.heldLength < this.wanted) return [];
    return this.scan(this.take());
  }

  pending(): Uint8Array {
    return concat(this.held);
  }

  get between(): boolean {
    return this.heldLength === 0 && this.run === undefined && !this.opaque;
  }

  private take(): Uint8Array {
    const bytes = concat(this.held);
    this.held = [];
    this.heldLength = 0;
    this.wanted = 2;
    return bytes;
  }

  private hold(bytes: Uint8Array, wanted: number): void {
    if (bytes.length > 0) this.held.push(bytes);
    this.heldLength = bytes.length;
    this.wanted = wanted;
  }

  /** The chunk as one frame, if it is exactly one; this is the usual case, and needs no copying. */
  private onlyFrame(bytes: Uint8Array): FrameView | undefined {
    if (this.run !== undefined) return undefined;
    const frame = readFrame(bytes);
    return frame !== undefined && frame.declaredLength <= this.maxFrame ? frame : undefined;
  }

  private scan(bytes: Uint8Array): readonly Piece[] {
    const frame = this.onlyFrame(bytes);
    if (frame !== undefined) return [{ kind: "frame", frame }];
    const pieces: Piece[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.run !== undefined) {
        at = this.continueRun(bytes, at, pieces);
        continue;
      }
      const header = readHeader(bytes, at);
      if (header === undefined) break;
      const length = header.headerLength + header.declaredLength;
      if (header.declaredLength >= largestLength) {
        this.opaque = true;
        pieces.push({ kind: "opaque", bytes: bytes.subarray(at), first: true });
        return pieces;
      }
      if (header.declaredLength > this.maxFrame) {
        this.run = { header, left: length, begun: false };
        continue;
      }
      if (bytes.length - at < length) {
        this.hold(bytes.subarray(at), length);
        return pieces;
      }
      pieces.push({ kind: "frame", frame: frameView(header, bytes.subarray(at, at + length)) });
      at += length;
    }
    if (at < bytes.length) this.hold(bytes.subarray(at), headerBytesNeeded(bytes, at));
    return pieces;
  }

  private continueRun(bytes: Uint8Array, at: number, pieces: Piece[]): number {
    const run = this.run;
    if (run === undefined) return at;
    const { header, left, begun } = run;
    const end = Math.min(bytes.length, at + left);
    const rest = left - (end - at);
    pieces.push({ kind: "run", header, bytes: bytes.subarray(at, end), first: !begun, last: rest === 0 });
    this.run = rest === 0 ? undefined : { header, left: rest, begun: true };
    return end;
  }
}

const headerBytesNeeded = (bytes: Uint8Array, at: number): number => {
  const second = bytes[at + 1];
  if (second === undefined) return 2;
  const short = second & 0x7f;
  return 2 + (short < 126 ? 0 : short === 126 ? 2 : 8) + ((second & 0x80) === 0 ? 0 : 4);
};

/** Makes a scanner; `maxFrame` is the largest payload, in bytes, that is returned in one piece. */
export function createScanner(maxFrame: number): Scanner {
  return new FrameScanner(maxFrame);
}
