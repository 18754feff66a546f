import { describe, expect, test } from "vitest";
import {
  type CutOff,
  createStage,
  type Stage,
  type StreamPiece,
} from "../../../src/relay/shaping/shape-stages.js";
import type { StreamShape } from "../../../src/rules/contract/shape.js";

const ms = 1_000_000;
const bytes = (count: number): StreamPiece => ({ kind: "bytes", bytes: new Uint8Array(count) });

/** A stage that began at 0, what left it, and the cuts it asked for. */
const staged = (shape: StreamShape, draw: (part: string) => number = () => 0.5) => {
  const cuts: CutOff[] = [];
  const left: (number | string)[] = [];
  const stage = createStage(shape, { atNs: 0, draw, cut: (cut) => cuts.push(cut) });
  const emit = (piece: StreamPiece): void =>
    void left.push(piece.kind === "bytes" ? piece.bytes.length : piece.kind);
  const take = (piece: StreamPiece, atMs: number): void => stage.take(piece, atMs * ms, emit);
  const wake = (atMs: number): void => stage.wake(atMs * ms, emit);
  return { stage: stage as Stage, left, cuts, take, wake, flush: () => stage.flush(emit) };
};

describe("a stage", () => {
  test("of latency keeps pieces in their order, whatever was drawn", () => {
    const drawn = [1, 0, 0.5];
    const shape = { kind: "latency", ms: 100, jitter: 100, distribution: "uniform" } as const;
    const { left, take, wake } = staged(shape, () => drawn.shift() ?? 0);
    take(bytes(1), 0);
    take(bytes(2), 0);
    take(bytes(3), 0);
    wake(199);
    expect(left).toEqual([]);
    wake(200);
    expect(left).toEqual([1, 2, 3]);
  });

  test("of latency draws a normal distribution around its mean, under one name for each piece", () => {
    const names: string[] = [];
    const shape = { kind: "latency", ms: 100, jitter: 10, distribution: "normal" } as const;
    const { stage, take } = staged(shape, (part) => {
      names.push(part);
      return part.endsWith("angle") ? 0 : 1 - Math.exp(-0.5);
    });
    take(bytes(1), 0);
    expect(names).toEqual(["chunk1", "chunk1.angle"]);
    expect(stage.nextAtNs / ms).toBeCloseTo(110);
  });

  test("of bandwidth does not save up time in which nothing came", () => {
    const { left, take, wake } = staged({ kind: "bandwidth", rate: 1 });
    take(bytes(150), 1000);
    take({ kind: "end" }, 1000);
    wake(1099);
    expect(left).toEqual([]);
    wake(1100);
    wake(1150);
    expect(left).toEqual([100, 50, "end"]);
  });

  test("of a slicer keeps its pause even where it was woken late", () => {
    const shape = { kind: "slicer", averageSize: 2, sizeVariation: 0, delay: 10 } as const;
    const { stage, left, take, wake } = staged(shape);
    take(bytes(6), 0);
    wake(25);
    expect(left).toEqual([2, 2]);
    expect(stage.nextAtNs).toBe(35 * ms);
  });

  test.each([
    { kind: "bandwidth", rate: 1 },
    { kind: "slicer", averageSize: 1, sizeVariation: 0, delay: 5 },
    { kind: "latency", ms: 5, jitter: 0, distribution: "uniform" },
  ] as const)("of %j emits everything in order when it is flushed", (shape) => {
    const { stage, left, take, flush } = staged(shape);
    take(bytes(3), 0);
    take({ kind: "end" }, 0);
    flush();
    expect(left.filter((one) => typeof one === "number").reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(left.at(-1)).toBe("end");
    expect([stage.bytes, stage.nextAtNs]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  test("of a black hole cuts the connection once, at its time", () => {
    const { stage, left, cuts, take, wake } = staged({ kind: "blackhole", timeout: 10 });
    take(bytes(1), 0);
    take({ kind: "reset" }, 0);
    wake(9);
    expect(cuts).toEqual([]);
    wake(10);
    wake(11);
    expect(cuts).toMatchObject([{ how: "reset", to: "both" }]);
    expect([left, stage.nextAtNs]).toEqual([[], Number.POSITIVE_INFINITY]);
  });

  test("of a limit emits nothing beyond it", () => {
    const { left, cuts, take } = staged({ kind: "limit-data", bytes: 3 });
    take(bytes(3), 0);
    expect(cuts).toEqual([]);
    take(bytes(1), 0);
    take({ kind: "end" }, 0);
    expect(left).toEqual([3]);
    expect(cuts).toMatchObject([{ how: "end" }]);
  });
});
