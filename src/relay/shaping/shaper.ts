// The shapes of one direction, in a row: what leaves a stage enters the next one, like Toxiproxy's toxics. The order of bytes
// never changes.

import type { Emit, Stage, StreamPiece } from "./shape-stages.js";

/** A shape that a rule has put in the row. */
export interface PlacedStage {
  readonly rule: string;
  /** The name of its fault. */
  readonly name: string;
  readonly stage: Stage;
  /** When it is over, in nanoseconds since the session's start; Infinity: never. */
  endsAtNs: number;
}

/** The shapes of one direction. */
export class Shaper {
  private placed: PlacedStage[] = [];

  /** Whether it holds a shape. */
  get isActive(): boolean {
    return this.placed.length > 0;
  }

  /** Nothing gets through, for good. */
  get isDead(): boolean {
    return this.placed.some(({ stage }) => stage.isDead);
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.placed.reduce((sum, { stage }) => sum + stage.bytes, 0);
  }

  /** When a stage has to be woken or ends; Infinity where none has. */
  get nextAtNs(): number {
    return this.placed.reduce((next, { stage, endsAtNs }) => Math.min(next, stage.nextAtNs, endsAtNs), never);
  }

  /** Puts a stage after the others; one that is there already lasts longer instead. */
  place(rule: string, name: string, endsAtNs: number, make: () => Stage): void {
    const known = this.placed.find((one) => one.rule === rule && one.name === name);
    if (known === undefined) this.placed.push({ rule, name, stage: make(), endsAtNs });
    else known.endsAtNs = Math.max(known.endsAtNs, endsAtNs);
  }

  take(piece: StreamPiece, atNs: number, emit: Emit): void {
    this.enter(0, piece, atNs, emit);
  }

  /** Emits what is due. */
  wake(atNs: number, emit: Emit): void {
    for (const [i, { stage }] of this.placed.entries())
      if (stage.nextAtNs <= atNs) stage.wake(atNs, (piece) => this.enter(i + 1, piece, atNs, emit));
  }

  /** Removes the stages that are over, after emitting what they hold; returns them. */
  removeOver(isOver: (placed: PlacedStage) => boolean, atNs: number, emit: Emit): readonly PlacedStage[] {
    const over = this.placed.filter(isOver);
    for (const placed of over) {
      const i = this.placed.indexOf(placed);
      placed.stage.flush((piece) => this.enter(i + 1, piece, atNs, emit));
      this.placed = this.placed.filter((one) => one !== placed);
    }
    return over;
  }

  private enter(i: number, piece: StreamPiece, atNs: number, emit: Emit): void {
    const placed = this.placed[i];
    if (placed === undefined) emit(piece);
    else placed.stage.take(piece, atNs, (next) => this.enter(i + 1, next, atNs, emit));
  }
}

const never = Number.POSITIVE_INFINITY;
