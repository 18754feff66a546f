import { describe, expect, test } from "vitest";
import { createStage, type Piece } from "../../../src/relay/shaping/shape-stages.js";
import { Shaper } from "../../../src/relay/shaping/shaper.js";
import type { Shape } from "../../../src/rules/contract/shape.js";

const never = Number.POSITIVE_INFINITY;
const ms = 1_000_000;
const bytes = (...values: readonly number[]): Piece => ({ kind: "bytes", bytes: Uint8Array.from(values) });
const put = (shaper: Shaper, shape: Shape, endsAt = never): void =>
  shaper.place("r", shape.kind, endsAt, () =>
    createStage(shape, { at: 0, draw: () => 0.5, cut: () => undefined }),
  );

describe("a chain of shapes", () => {
  const slow: Shape = { kind: "latency", ms: 10, jitter: 0, distribution: "uniform" };
  const sliced: Shape = { kind: "slicer", averageSize: 1, sizeVariation: 0, delay: 1 };

  test("hands what leaves one on to the next, in the order in which they were put", () => {
    const shaper = new Shaper();
    const out: string[] = [];
    const emit = (piece: Piece): void =>
      void out.push(piece.kind === "bytes" ? [...piece.bytes].join() : piece.kind);
    put(shaper, sliced);
    put(shaper, slow);
    shaper.take(bytes(1, 2), 0, emit);
    shaper.take({ kind: "end" }, 0, emit);
    expect([shaper.nextAt, shaper.bytes]).toEqual([1 * ms, 2]);
    shaper.wake(1 * ms, emit);
    shaper.wake(10 * ms, emit);
    expect(out).toEqual(["1"]);
    shaper.wake(11 * ms, emit);
    expect(out).toEqual(["1", "2", "end"]);
    expect([shaper.nextAt, shaper.bytes]).toEqual([never, 0]);
  });

  test("lets go of what a shape holds when that is over, through those behind it", () => {
    const shaper = new Shaper();
    const out: Piece[] = [];
    put(shaper, slow, 5 * ms);
    shaper.take(bytes(1), 0, (piece) => out.push(piece));
    expect(shaper.nextAt).toBe(5 * ms);
    const over = shaper.removeOver(
      ({ endsAt }) => endsAt <= 5 * ms,
      5 * ms,
      (piece) => out.push(piece),
    );
    expect(over.map(({ name }) => name)).toEqual(["latency"]);
    expect(out).toEqual([bytes(1)]);
    expect(shaper.isActive).toBe(false);
  });

  test("lets a shape last longer that is put again", () => {
    const shaper = new Shaper();
    put(shaper, slow, 5);
    put(shaper, slow, 9);
    put(shaper, slow, 3);
    expect(shaper.nextAt).toBe(9);
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
