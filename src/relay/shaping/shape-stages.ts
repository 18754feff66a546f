// One stage for each kind of shape: takes the pieces of a stream and gives them on, later, smaller or never. Time and
// chance are arguments; a stage says when it wants to be woken. Knows no sockets, no rules and no other stage.

import { assertNever } from "../../base/assert-never.js";
import type { Side } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { Shape } from "../../rules/contract/shape.js";

/** What goes through a stage, in this order: bytes, then perhaps the end of the stream, then perhaps a reset. */
export type Piece =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "reset" };

/** Takes what leaves a stage. */
export type Emit = (piece: Piece) => void;

/** That a stage wants the whole connection over. */
export interface CutOff {
  readonly how: "end" | "reset";
  readonly to: Side | "both";
  /** What happened, in words. */
  readonly why: string;
}

/** One shape of one direction. Times in nanoseconds since the session's start. */
export interface Stage {
  take(piece: Piece, at: number, emit: Emit): void;
  /** Gives on what is due. */
  wake(at: number, emit: Emit): void;
  /** Gives on everything, in its order. */
  flush(emit: Emit): void;
  /** When it has to be woken; Infinity where nothing waits. */
  readonly nextAt: number;
  /** Bytes that wait. */
  readonly bytes: number;
  /** Nothing comes through, nor will. */
  readonly isDead: boolean;
}

/** What a stage is made of. */
export interface StageOptions {
  /** When it begins. */
  readonly at: number;
  /** Draws in [0, 1) by a name. */
  readonly draw: (part: string) => number;
  readonly cut: (cut: CutOff) => void;
}

const never = Number.POSITIVE_INFINITY;

const sizeOf = (piece: Piece): number => (piece.kind === "bytes" ? piece.bytes.length : 0);

/** Lets pieces wait, each until its own time or until that of the one before it. */
class LateStage implements Stage {
  readonly isDead = false;
  bytes = 0;
  private readonly waiting: { readonly piece: Piece; readonly due: number }[] = [];
  private readonly waitOf: (piece: Piece) => number;
  private last = 0;

  constructor(waitOf: (piece: Piece) => number) {
    this.waitOf = waitOf;
  }

  get nextAt(): number {
    return this.waiting[0]?.due ?? never;
  }

  take(piece: Piece, at: number, emit: Emit): void {
    this.last = Math.max(this.last, at + this.waitOf(piece));
    this.waiting.push({ piece, due: this.last });
    this.bytes += sizeOf(piece);
    this.wake(at, emit);
  }

  wake(at: number, emit: Emit): void {
    for (let [first] = this.waiting; first !== undefined && first.due <= at; [first] = this.waiting) {
      this.waiting.shift();
      this.bytes -= sizeOf(first.piece);
      emit(first.piece);
    }
  }

  flush(emit: Emit): void {
    this.wake(never, emit);
  }
}

/** How a paced stage cuts: the next part of what waits, and when it may leave. */
interface Pace {
  /** `left`: bytes of the chunk at the head, which came at `came`. */
  plan(left: number, came: number): { readonly size: number; readonly due: number };
  sent(due: number, at: number): void;
}

/** Gives on in parts, one after another; what is cut is cut only when its turn comes. */
class PacedStage implements Stage {
  readonly isDead = false;
  bytes = 0;
  private readonly waiting: { piece: Piece; readonly came: number }[] = [];
  private readonly pace: Pace;
  private part: { readonly size: number; readonly due: number } | undefined;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  get nextAt(): number {
    return this.part?.due ?? never;
  }

  take(piece: Piece, at: number, emit: Emit): void {
    this.waiting.push({ piece, came: at });
    this.bytes += sizeOf(piece);
    this.wake(at, emit);
  }

  wake(at: number, emit: Emit): void {
    for (let [first] = this.waiting; first !== undefined; [first] = this.waiting) {
      const { piece, came } = first;
      if (piece.kind !== "bytes" || piece.bytes.length === 0) {
        this.waiting.shift();
        emit(piece);
        continue;
      }
      this.part ??= this.pace.plan(piece.bytes.length, came);
      const { size, due } = this.part;
      if (due > at) return;
      this.part = undefined;
      this.bytes -= size;
      if (size < piece.bytes.length) first.piece = { kind: "bytes", bytes: piece.bytes.subarray(size) };
      else this.waiting.shift();
      this.pace.sent(due, at);
      emit({ kind: "bytes", bytes: piece.bytes.subarray(0, size) });
    }
  }

  flush(emit: Emit): void {
    this.part = undefined;
    this.bytes = 0;
    for (const { piece } of this.waiting.splice(0)) emit(piece);
  }
}

/** Swallows everything, and perhaps cuts the connection in the end. */
class DeadStage implements Stage {
  readonly isDead = true;
  readonly bytes = 0;
  nextAt: number;
  private readonly onTime: () => void;

  constructor(until: number, onTime: () => void) {
    this.nextAt = until;
    this.onTime = onTime;
  }

  take(): void {
    // It goes nowhere; the lanes have recorded it.
  }

  wake(at: number): void {
    if (at < this.nextAt) return;
    this.nextAt = never;
    this.onTime();
  }

  flush(): void {
    // There is nothing left of it.
  }
}

/** Lets everything pass up to a number of bytes or to a moment. */
class FinalStage implements Stage {
  readonly isDead = false;
  readonly bytes = 0;
  nextAt: number;
  private left: number;
  private over = false;
  private readonly onOver: () => void;

  constructor(left: number, until: number, onOver: () => void) {
    this.left = left;
    this.nextAt = until;
    this.onOver = onOver;
  }

  take(piece: Piece, _at: number, emit: Emit): void {
    if (this.over) return;
    if (piece.kind !== "bytes" || piece.bytes.length <= this.left) {
      this.left -= sizeOf(piece);
      emit(piece);
      return;
    }
    if (this.left > 0) emit({ kind: "bytes", bytes: piece.bytes.subarray(0, this.left) });
    this.end();
  }

  wake(at: number): void {
    if (at >= this.nextAt) this.end();
  }

  flush(): void {
    // It holds nothing.
  }

  private end(): void {
    this.over = true;
    this.nextAt = never;
    this.onOver();
  }
}

/** Makes the stage of a shape. */
export function createStage(shape: Shape, { at, draw, cut }: StageOptions): Stage {
  switch (shape.kind) {
    case "latency":
      return new LateStage(latencyOf(shape, draw));
    case "bandwidth":
      return new PacedStage(bandwidthPace(shape.rate));
    case "slicer":
      return new PacedStage(slicerPace(shape, draw));
    case "slow-close":
      return new LateStage((piece) => (piece.kind === "bytes" ? 0 : shape.delay * nsPerMs));
    case "blackhole": {
      const { timeout } = shape;
      const why = `nothing got through for ${timeout} ms; both sides are reset`;
      return new DeadStage(timeout === 0 ? never : at + timeout * nsPerMs, () =>
        cut({ how: "reset", to: "both", why }),
      );
    }
    case "half-open":
      return new DeadStage(never, () => undefined);
    case "limit-data": {
      const why = `${shape.bytes} bytes have passed; both sides are ended`;
      return new FinalStage(shape.bytes, never, () => cut({ how: "end", to: "both", why }));
    }
    case "reset-peer": {
      const { after, to } = shape;
      const why = `${after} ms have passed; ${to === "both" ? "both sides are" : `the ${to} is`} reset`;
      return new FinalStage(never, at + after * nsPerMs, () => cut({ how: "reset", to, why }));
    }
    default:
      return assertNever(shape);
  }
}

type Of<Kind extends Shape["kind"]> = Extract<Shape, { kind: Kind }>;

const latencyOf = (
  { ms, jitter, distribution }: Of<"latency">,
  draw: (part: string) => number,
): ((piece: Piece) => number) => {
  let chunk = 0;
  return (piece) => {
    // Ends carry nothing that could be early or late for itself.
    if (jitter === 0 || piece.kind !== "bytes") return ms * nsPerMs;
    const name = `chunk${++chunk}`;
    const spread =
      distribution === "uniform" ? draw(name) * 2 - 1 : standardNormal(draw(name), draw(`${name}.angle`));
    return Math.max(0, Math.round((ms + spread * jitter) * nsPerMs));
  };
};

/** Two even draws -> one of the standard normal distribution (Box and Muller). */
const standardNormal = (radius: number, angle: number): number =>
  Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);

/** A part is what passes in a tenth of a second; a kilobyte a second is a byte in a millisecond. */
const bandwidthPace = (rate: number): Pace => {
  const most = rate * 100;
  const nsPerByte = nsPerMs / rate;
  let freeAt = 0;
  return {
    plan: (left, came) => {
      const size = Math.min(left, most);
      return { size, due: Math.round(Math.max(freeAt, came) + size * nsPerByte) };
    },
    sent: (due) => {
      freeAt = due;
    },
  };
};

const slicerPace = (
  { averageSize, sizeVariation, delay }: Of<"slicer">,
  draw: (part: string) => number,
): Pace => {
  let chunk = 0;
  let freeAt = 0;
  const size = (): number =>
    sizeVariation === 0
      ? averageSize
      : averageSize - sizeVariation + Math.floor(draw(`chunk${++chunk}`) * (2 * sizeVariation + 1));
  return {
    plan: (left, came) => ({ size: Math.min(left, size()), due: Math.max(freeAt, came) }),
    sent: (_due, at) => {
      freeAt = at + delay * nsPerMs;
    },
  };
};
