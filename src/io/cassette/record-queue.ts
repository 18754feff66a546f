// The records of one cassette that wait to be written: encoded into chunks of memory that all cassettes share, so that
// an idle cassette holds none. The second hot path of recording; knows nothing of files and timers.

import { type Crc32, encodeRecord, frameRecordBound, putFrameRecord } from "../../cassette/format/codec.js";
import type { Entry } from "../../cassette/format/entry.js";

const chunkLength = 0x4000;
const mostSpare = 256;
const spare: Uint8Array[] = [];

const takeChunk = (): Uint8Array => spare.pop() ?? new Uint8Array(chunkLength);

interface Piece {
  readonly bytes: Uint8Array;
  /** The chunk to give back when the bytes are written; undefined for a record of its own. */
  readonly chunk: Uint8Array | undefined;
}

/** What waits, in order. */
export class RecordQueue {
  private pieces: Piece[] = [];
  private chunk: Uint8Array | undefined;
  private used = 0;
  private waiting = 0;
  private readonly salt: number;
  private readonly crc32: Crc32;

  constructor(salt: number, crc32: Crc32) {
    this.salt = salt;
    this.crc32 = crc32;
  }

  /** Bytes that wait. */
  get length(): number {
    return this.waiting;
  }

  /** Appends the record of an entry and returns its length. */
  add(entry: Entry): number {
    if (entry.kind !== "frame" || entry.loggedAt !== undefined || frameRecordBound(entry) > chunkLength)
      return this.addBytes(encodeRecord(entry, this.salt, this.crc32));
    const chunk = this.room(frameRecordBound(entry));
    const end = putFrameRecord(chunk, this.used, entry, this.salt, this.crc32);
    const length = end - this.used;
    this.used = end;
    this.waiting += length;
    return length;
  }

  /** Appends bytes as they are. */
  addBytes(bytes: Uint8Array): number {
    this.waiting += bytes.length;
    if (bytes.length > chunkLength / 4) {
      this.sealChunk();
      this.pieces.push({ bytes, chunk: undefined });
      return bytes.length;
    }
    this.room(bytes.length).set(bytes, this.used);
    this.used += bytes.length;
    return bytes.length;
  }

  /** Everything that waits, to be written; it stays in the queue until `written` says so. */
  take(): readonly Uint8Array[] {
    this.sealChunk();
    return this.pieces.map((piece) => piece.bytes);
  }

  /** Notes that the first `length` bytes of what `take` gave are written. */
  written(length: number): void {
    this.waiting -= length;
    let left = length;
    let first = this.pieces[0];
    while (first !== undefined && left >= first.bytes.length) {
      left -= first.bytes.length;
      this.giveBack(first);
      this.pieces.shift();
      first = this.pieces[0];
    }
    if (first !== undefined && left > 0)
      this.pieces[0] = { bytes: first.bytes.subarray(left), chunk: first.chunk };
  }

  private room(bound: number): Uint8Array {
    if (this.chunk !== undefined && chunkLength - this.used < bound) this.sealChunk();
    this.chunk ??= takeChunk();
    return this.chunk;
  }

  private sealChunk(): void {
    const { chunk } = this;
    if (chunk === undefined || this.used === 0) return;
    this.pieces.push({ bytes: chunk.subarray(0, this.used), chunk });
    this.chunk = undefined;
    this.used = 0;
  }

  private giveBack(piece: Piece): void {
    if (piece.chunk !== undefined && spare.length < mostSpare) spare.push(piece.chunk);
  }
}
