// One stage for each kind of shape: it takes the pieces of a stream and emits them, later, smaller or never. Time and chance
// are arguments, times in nanoseconds since the session's start. Knows no sockets, no rules and no other stage.

import { assertNever } from "../../base/assert-never.js";
import type { Side } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { StreamShape } from "../../rules/contract/shape.js";

/** What goes through a stage, in this order: bytes, then perhaps the end of the stream, then perhaps a reset. */
export type StreamPiece =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "reset" };

/** Takes what leaves a stage. */
export type Emit = (piece: StreamPiece) => void;

/** A stage wants the whole connection to end. */
export interface CutOff {
  readonly how: "end" | "reset";
  readonly to: Side | "both";
  /** What happened, as a note on the cassette says it. */
  readonly why: string;
}

/** One shape of one direction. */
export interface Stage {
  take(piece: StreamPiece, atNs: number, emit: Emit): void;
  /** Emits what is due. */
  wake(atNs: number, emit: Emit): void;
  /** Emits everything, in its order. */
  flush(emit: Emit): void;
  /** When `wake` must be called; Infinity where nothing waits. */
  readonly nextAtNs: number;
  /** Bytes that wait. */
  readonly bytes: number;
  /** It swallows everything, for good. */
  readonly isDead: boolean;
}

/** What a stage needs in addition to its shape. */
export interface StageOptions {
  /** When it begins. */
  readonly atNs: number;
  /** Draws in [0, 1), by a name. */
  readonly draw: (part: string) => number;
  readonly cut: (cut: CutOff) => void;
}

const never = Number.POSITIVE_INFINITY;

const sizeOf = (piece: StreamPiece): number => (piece.kind === "bytes" ? piece.bytes.length : 0);

/** Delays pieces: each leaves at its own time, or at that of the one before it if that is later. */
class LateStage implements Stage {
  readonly isDead = false;
  bytes = 0;
  private readonly waiting: { readonly piece: StreamPiece; readonly dueNs: number }[] = [];
  private readonly delayOf: (piece: StreamPiece) => number;
  private lastNs = 0;

  constructor(delayOf: (piece: StreamPiece) => number) {
    this.delayOf = delayOf;
  }

  get nextAtNs(): number {
    return this.waiting[0]?.dueNs ?? never;
  }

  take(piece: StreamPiece, atNs: number, emit: Emit): void {
    this.lastNs = Math.max(this.lastNs, atNs + this.delayOf(piece));
    this.waiting.push({ piece, dueNs: this.lastNs });
    this.bytes += sizeOf(piece);
    this.wake(atNs, emit);
  }

  wake(atNs: number, emit: Emit): void {
    for (let [first] = this.waiting; first !== undefined && first.dueNs <= atNs; [first] = this.waiting) {
      this.waiting.shift();
      this.bytes -= sizeOf(first.piece);
      emit(first.piece);
    }
  }

  flush(emit: Emit): void {
    this.wake(never, emit);
  }
}

/** How a paced stage cuts chunks into parts. */
interface Pace {
  /** The size of the next part, and when it may leave; `left`: the bytes left of the first chunk, which came at `cameNs`. */
  plan(left: number, cameNs: number): { readonly size: number; readonly dueNs: number };
  noteSent(dueNs: number, atNs: number): void;
}

/** Emits chunks in parts, one after another; a part is cut off only when its turn comes. */
class PacedStage implements Stage {
  readonly isDead = false;
  bytes = 0;
  private readonly waiting: { piece: StreamPiece; readonly cameNs: number }[] = [];
  private readonly pace: Pace;
  private part: { readonly size: number; readonly dueNs: number } | undefined;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  get nextAtNs(): number {
    return this.part?.dueNs ?? never;
  }

  take(piece: StreamPiece, atNs: number, emit: Emit): void {
    this.waiting.push({ piece, cameNs: atNs });
    this.bytes += sizeOf(piece);
    this.wake(atNs, emit);
  }

  wake(atNs: number, emit: Emit): void {
    for (let [first] = this.waiting; first !== undefined; [first] = this.waiting) {
      const { piece, cameNs } = first;
      if (piece.kind !== "bytes" || piece.bytes.length === 0) {
        this.waiting.shift();
        emit(piece);
        continue;
      }
      this.part ??= this.pace.plan(piece.bytes.length, cameNs);
      const { size, dueNs } = this.part;
      if (dueNs > atNs) return;
      this.part = undefined;
      this.bytes -= size;
      if (size < piece.bytes.length) first.piece = { kind: "bytes", bytes: piece.bytes.subarray(size) };
      else this.waiting.shift();
      this.pace.noteSent(dueNs, atNs);
      emit({ kind: "bytes", bytes: piece.bytes.subarray(0, size) });
    }
  }

  flush(emit: Emit): void {
    this.part = undefined;
    this.bytes = 0;
    for (const { piece } of this.waiting.splice(0)) emit(piece);
  }
}

/** Swallows everything, and may cut the connection after a time. */
class DeadStage implements Stage {
  readonly isDead = true;
  readonly bytes = 0;
  nextAtNs: number;
  private readonly onTime: () => void;

  constructor(untilNs: number, onTime: () => void) {
    this.nextAtNs = untilNs;
    this.onTime = onTime;
  }

  take(): void {
    // The lanes have recorded it; it goes nowhere.
  }

  wake(atNs: number): void {
    if (atNs < this.nextAtNs) return;
    this.nextAtNs = never;
    this.onTime();
  }

  flush(): void {
    // It has kept nothing.
  }
}

/** Emits everything up to a number of bytes or to a moment, then cuts the connection. */
class FinalStage implements Stage {
  readonly isDead = false;
  readonly bytes = 0;
  nextAtNs: number;
  private left: number;
  private over = false;
  private readonly onOver: () => void;

  constructor(left: number, untilNs: number, onOver: () => void) {
    this.left = left;
    this.nextAtNs = untilNs;
    this.onOver = onOver;
  }

  take(piece: StreamPiece, _at: number, emit: Emit): void {
    if (this.over) return;
    if (piece.kind !== "bytes" || piece.bytes.length <= this.left) {
      this.left -= sizeOf(piece);
      emit(piece);
      return;
    }
    if (this.left > 0) emit({ kind: "bytes", bytes: piece.bytes.subarray(0, this.left) });
    this.end();
  }

  wake(atNs: number): void {
    if (atNs >= this.nextAtNs) this.end();
  }

  flush(): void {
    // It holds nothing.
  }

  private end(): void {
    this.over = true;
    this.nextAtNs = never;
    this.onOver();
  }
}

/** Makes the stage of a shape. */
export function createStage(shape: StreamShape, { atNs, draw, cut }: StageOptions): Stage {
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
      return new DeadStage(timeout === 0 ? never : atNs + timeout * nsPerMs, () =>
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
      return new FinalStage(never, atNs + after * nsPerMs, () => cut({ how: "reset", to, why }));
    }
    default:
      return assertNever(shape);
  }
}

type Of<Kind extends StreamShape["kind"]> = Extract<StreamShape, { kind: Kind }>;

const latencyOf = (
  { ms, jitter, distribution }: Of<"latency">,
  draw: (part: string) => number,
): ((piece: StreamPiece) => number) => {
  let chunk = 0;
  return (piece) => {
    // The end of the stream has no jitter of its own.
    if (jitter === 0 || piece.kind !== "bytes") return ms * nsPerMs;
    const name = `chunk${++chunk}`;
    const spread =
      distribution === "uniform" ? draw(name) * 2 - 1 : standardNormal(draw(name), draw(`${name}.angle`));
    return Math.max(0, Math.round((ms + spread * jitter) * nsPerMs));
  };
};

/** Turns two even draws into one of the standard normal distribution (Box and Muller). */
const standardNormal = (radius: number, angle: number): number =>
  Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);

/** A part is what may leave in a tenth of a second; one kilobyte a second is one byte a millisecond. */
const bandwidthPace = (rate: number): Pace => {
  const partBytes = rate * 100;
  const nsPerByte = nsPerMs / rate;
  let freeAtNs = 0;
  return {
    plan: (left, cameNs) => {
      const size = Math.min(left, partBytes);
      return { size, dueNs: Math.round(Math.max(freeAtNs, cameNs) + size * nsPerByte) };
    },
    noteSent: (dueNs) => {
      freeAtNs = dueNs;
    },
  };
};

const slicerPace = (
  { averageSize, sizeVariation, delay }: Of<"slicer">,
  draw: (part: string) => number,
): Pace => {
  let chunk = 0;
  let freeAtNs = 0;
  const size = (): number =>
    sizeVariation === 0
      ? averageSize
      : averageSize - sizeVariation + Math.floor(draw(`chunk${++chunk}`) * (2 * sizeVariation + 1));
  return {
    plan: (left, cameNs) => ({ size: Math.min(left, size()), dueNs: Math.max(freeAtNs, cameNs) }),
    noteSent: (_dueNs, atNs) => {
      freeAtNs = atNs + delay * nsPerMs;
    },
  };
};
