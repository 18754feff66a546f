// Handshake permits: order, stalled holders, full queues.
import { describe, expect, test, vi } from "vitest";
import { HandshakeLimiter } from "../../../src/io/tls/handshake-limiter.js";

const nothing = (): void => undefined;

describe("the handshake limiter", () => {
  test("permits are given at once while there are some, and then in order", async () => {
    const limiter = new HandshakeLimiter(2, nothing);
    const [first, second] = [await limiter.acquire(1000, nothing), await limiter.acquire(1000, nothing)];
    const order: number[] = [];
    const third = limiter.acquire(1000, nothing).then(() => order.push(3));
    const fourth = limiter.acquire(1000, nothing).then(() => order.push(4));
    second?.release();
    second?.release();
    await third;
    expect(order).toEqual([3]);
    first?.release();
    await fourth;
    expect(order).toEqual([3, 4]);
    limiter.close();
  });

  test("a permit is taken from a stalled handshake, but only while others wait", async () => {
    vi.useFakeTimers({
      toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "performance"],
    });
    try {
      const cuts: number[] = [];
      const limiter = new HandshakeLimiter(1, (count) => cuts.push(count));
      const cut = vi.fn();
      await limiter.acquire(60_000, cut);
      await vi.advanceTimersByTimeAsync(5000);
      expect(cut).not.toHaveBeenCalled();
      const waiting = limiter.acquire(60_000, nothing);
      await vi.advanceTimersByTimeAsync(200);
      expect(cut).toHaveBeenCalledOnce();
      expect(await waiting).toBeDefined();
      expect(cuts).toEqual([1]);
      // A new holder keeps its permit.
      const next = limiter.acquire(60_000, nothing);
      await vi.advanceTimersByTimeAsync(500);
      expect(cuts).toEqual([1]);
      limiter.close();
      expect(await next).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test("no permit is given if the queue is full or the wait too long", async () => {
    const cuts: number[] = [];
    const limiter = new HandshakeLimiter(1, (count) => cuts.push(count));
    await limiter.acquire(1000, nothing);
    const waiting = Array.from({ length: 10 }, () => limiter.acquire(20, nothing));
    expect(await limiter.acquire(1000, nothing)).toBeUndefined();
    expect(cuts).toEqual([1]);
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 10 }, () => undefined));
    expect(cuts).toHaveLength(11);
    limiter.close();
  });
});
