import { describe, expect, test } from "vitest";
import { createStage, type StreamPiece } from "../../../src/relay/shaping/shape-stages.js";
import { Shaper } from "../../../src/relay/shaping/shaper.js";
import type { StreamShape } from "../../../src/rules/contract/shape.js";

const never = Number.POSITIVE_INFINITY;
const ms = 1_000_000;
const bytes = (...values: readonly number[]): StreamPiece => ({
  kind: "bytes",
  bytes: Uint8Array.from(values),
});
const put = (shaper: Shaper, shape: StreamShape, endsAtNs = never): void =>
  shaper.place("r", shape.kind, endsAtNs, () =>
    createStage(shape, { atNs: 0, draw: () => 0.5, cut: () => undefined }),
  );

describe("a row of shapes", () => {
  const slow: StreamShape = { kind: "latency", ms: 10, jitter: 0, distribution: "uniform" };
  const sliced: StreamShape = { kind: "slicer", averageSize: 1, sizeVariation: 0, delay: 1 };

  test("hands what leaves one shape to the next, in the order in which they were put", () => {
    const shaper = new Shaper();
    const out: string[] = [];
    const emit = (piece: StreamPiece): void =>
      void out.push(piece.kind === "bytes" ? [...piece.bytes].join() : piece.kind);
    put(shaper, sliced);
    put(shaper, slow);
    shaper.take(bytes(1, 2), 0, emit);
    shaper.take({ kind: "end" }, 0, emit);
    expect([shaper.nextAtNs, shaper.bytes]).toEqual([1 * ms, 2]);
    shaper.wake(1 * ms, emit);
    shaper.wake(10 * ms, emit);
    expect(out).toEqual(["1"]);
    shaper.wake(11 * ms, emit);
    expect(out).toEqual(["1", "2", "end"]);
    expect([shaper.nextAtNs, shaper.bytes]).toEqual([never, 0]);
  });

  test("sends what a shape holds through those after it when that shape is over", () => {
    const shaper = new Shaper();
    const out: StreamPiece[] = [];
    put(shaper, slow, 5 * ms);
    shaper.take(bytes(1), 0, (piece) => out.push(piece));
    expect(shaper.nextAtNs).toBe(5 * ms);
    const over = shaper.removeOver(
      ({ endsAtNs }) => endsAtNs <= 5 * ms,
      5 * ms,
      (piece) => out.push(piece),
    );
    expect(over.map(({ name }) => name)).toEqual(["latency"]);
    expect(out).toEqual([bytes(1)]);
    expect(shaper.isActive).toBe(false);
  });

  test("lets a shape that is put again last longer", () => {
    const shaper = new Shaper();
    put(shaper, slow, 5);
    put(shaper, slow, 9);
    put(shaper, slow, 3);
    expect(shaper.nextAtNs).toBe(9);
  });

  test("is dead with one dead shape in it", () => {
    const shaper = new Shaper();
    put(shaper, slow);
    expect(shaper.isDead).toBe(false);
    put(shaper, { kind: "half-open" });
    expect(shaper.isDead).toBe(true);
    shaper.take(bytes(1), 0, () => expect.unreachable());
    shaper.wake(10 * ms, () => expect.unreachable());
  });
});
