// What a lane holds back: in order, counted, and in time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHeldQueue, type Held } from "../../../src/relay/lane/held-queue.js";

const held = (releaseAt: number, over: Partial<Held> = {}): Held => ({
  bytes: [Uint8Array.of(1, 2)],
  releaseAt,
  holdsLane: false,
  then: "nothing",
  ...over,
});

describe("a held queue", () => {
  test("lets nothing go before what came earlier", () => {
    const queue = createHeldQueue();
    expect(queue.hold(held(100))).toBe(100);
    expect(queue.hold(held(50))).toBe(100);
    expect(queue.due(99)).toEqual([]);
    expect(queue.due(100)).toHaveLength(2);
    expect(queue.length).toBe(0);
    expect(queue.nextAt()).toBeUndefined();
  });

  test("blocks the lane as long as something in it does", () => {
    const queue = createHeldQueue();
    queue.hold(held(1, { holdsLane: true }));
    queue.hold(held(2));
    expect(queue.blocksLane).toBe(true);
    queue.due(1);
    expect(queue.blocksLane).toBe(false);
  });

  test("counts what it holds, and is empty after clearing", () => {
    const queue = createHeldQueue();
    queue.hold(held(1));
    const one = queue.bytes;
    expect(one).toBeGreaterThan(2);
    queue.hold(held(1, { holdsLane: true }));
    expect(queue.bytes).toBe(2 * one);
    queue.clear();
    expect([queue.bytes, queue.length, queue.blocksLane]).toEqual([0, 0, false]);
  });

  test("can be hurried, never slowed down", () => {
    const queue = createHeldQueue();
    queue.hold(held(10));
    queue.hold(held(500));
    queue.hurry(100);
    expect(queue.nextAt()).toBe(10);
    expect(queue.due(100)).toHaveLength(2);
  });

  test("gives everything exactly once, in order, at its time or later", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 30 }), fc.array(fc.nat(1200)), (times, looks) => {
        const queue = createHeldQueue();
        const items = times.map((at) => held(at));
        for (const item of items) queue.hold(item);
        const out: Held[] = [];
        for (const at of [...looks.sort((a, b) => a - b), 2000])
          for (const item of queue.due(at)) {
            expect(item.releaseAt).toBeLessThanOrEqual(at);
            out.push(item);
          }
        expect(out.map(({ bytes }) => bytes)).toEqual(items.map(({ bytes }) => bytes));
        expect(queue.bytes).toBe(0);
      }),
    );
  });
});
