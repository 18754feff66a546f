import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HeldQueue } from "../../../src/relay/lane/held-queue.js";
import type { OutgoingMessage } from "../../../src/relay/lane/outgoing-message.js";
import { outgoing } from "./sample.js";

const hold = (queue: HeldQueue, releaseAtNs: number, parts: Partial<OutgoingMessage> = {}): void =>
  queue.hold(outgoing(parts), releaseAtNs, "nothing");

describe("a held queue", () => {
  test("releases nothing before what came earlier", () => {
    const queue = new HeldQueue();
    hold(queue, 100);
    hold(queue, 50);
    expect(queue.takeDue(99)).toEqual([]);
    expect(queue.takeDue(100)).toHaveLength(2);
    expect(queue.isEmpty).toBe(true);
    expect(queue.nextAtNs()).toBeUndefined();
  });

  test("blocks the lane as long as something in it does", () => {
    const queue = new HeldQueue();
    hold(queue, 1, { holdsLane: true });
    hold(queue, 2);
    expect(queue.blocksLane).toBe(true);
    queue.takeDue(1);
    expect(queue.blocksLane).toBe(false);
  });

  test("counts the bytes that it holds, and is empty after clearing", () => {
    const queue = new HeldQueue();
    hold(queue, 1);
    const one = queue.bytes;
    expect(one).toBeGreaterThan(2);
    hold(queue, 1, { holdsLane: true });
    expect(queue.bytes).toBe(2 * one);
    queue.clear();
    expect([queue.bytes, queue.isEmpty, queue.blocksLane]).toEqual([0, true, false]);
  });

  test("can be hurried, never slowed down", () => {
    const queue = new HeldQueue();
    hold(queue, 10);
    hold(queue, 500);
    queue.hurry(100);
    expect(queue.nextAtNs()).toBe(10);
    expect(queue.takeDue(100)).toHaveLength(2);
  });

  test("gives everything exactly once, in order, at its time or later", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 30 }), fc.array(fc.nat(1200)), (times, looks) => {
        const queue = new HeldQueue();
        for (const [i, atNs] of times.entries()) hold(queue, atNs, { writes: [Uint8Array.of(i)] });
        const out: number[] = [];
        for (const atNs of [...looks.sort((a, b) => a - b), 2000])
          for (const { item } of queue.takeDue(atNs)) {
            const number = item.writes[0]?.[0] ?? -1;
            expect(times[number]).toBeLessThanOrEqual(atNs);
            out.push(number);
          }
        expect(out).toEqual([...times.keys()]);
        expect(queue.bytes).toBe(0);
      }),
    );
  });
});
