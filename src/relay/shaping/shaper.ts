// The shapes of one direction, one behind another as toxics are: what leaves a stage enters the next. The order of
// bytes never changes. Knows what a stage does only by its face.

import type { Emit, Piece, Stage } from "./shape-stages.js";

/** A shape that a rule has put. */
export interface PlacedStage {
  readonly rule: string;
  /** What it is called: its fault. */
  readonly name: string;
  readonly stage: Stage;
  /** When it is over, in nanoseconds since the session's start; Infinity is never. */
  endsAt: number;
}

/** The chain of one direction. */
export class Shaper {
  private placed: PlacedStage[] = [];

  /** Whether anything is done here at all. */
  get isActive(): boolean {
    return this.placed.length > 0;
  }

  /** Nothing comes through, nor will. */
  get isDead(): boolean {
    return this.placed.some(({ stage }) => stage.isDead);
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.placed.reduce((sum, { stage }) => sum + stage.bytes, 0);
  }

  get nextAt(): number {
    return this.placed.reduce((next, { stage, endsAt }) => Math.min(next, stage.nextAt, endsAt), never);
  }

  /** Puts a stage behind the others; one that is there already lasts longer instead. */
  place(rule: string, name: string, endsAt: number, make: () => Stage): void {
    const known = this.placed.find((one) => one.rule === rule && one.name === name);
    if (known === undefined) this.placed.push({ rule, name, stage: make(), endsAt });
    else known.endsAt = Math.max(known.endsAt, endsAt);
  }

  take(piece: Piece, at: number, emit: Emit): void {
    this.passFrom(0, piece, at, emit);
  }

  /** Gives on what is due. */
  wake(at: number, emit: Emit): void {
    for (const [i, { stage }] of this.placed.entries())
      if (stage.nextAt <= at) stage.wake(at, (piece) => this.passFrom(i + 1, piece, at, emit));
  }

  /** Takes those out that are over, what they hold first; gives them. */
  removeOver(isOver: (placed: PlacedStage) => boolean, at: number, emit: Emit): readonly PlacedStage[] {
    const over = this.placed.filter(isOver);
    for (const placed of over) {
      const i = this.placed.indexOf(placed);
      placed.stage.flush((piece) => this.passFrom(i + 1, piece, at, emit));
      this.placed = this.placed.filter((one) => one !== placed);
    }
    return over;
  }

  private passFrom(i: number, piece: Piece, at: number, emit: Emit): void {
    const placed = this.placed[i];
    if (placed === undefined) emit(piece);
    else placed.stage.take(piece, at, (next) => this.passFrom(i + 1, next, at, emit));
  }
}

const never = Number.POSITIVE_INFINITY;
