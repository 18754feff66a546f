// Places for handshakes: turns, stalled holders, full queues.
import { describe, expect, test, vi } from "vitest";
import { HandshakePlaces } from "../../../src/io/tls/handshake-limiter.js";

const nothing = (): void => undefined;

describe("places", () => {
  test("are given at once while there are some, then in turn", async () => {
    const places = new HandshakePlaces(2, nothing);
    const [first, second] = [await places.take(1000, nothing), await places.take(1000, nothing)];
    const order: number[] = [];
    const third = places.take(1000, nothing).then(() => order.push(3));
    const fourth = places.take(1000, nothing).then(() => order.push(4));
    second?.leave();
    second?.leave();
    await third;
    expect(order).toEqual([3]);
    first?.leave();
    await fourth;
    expect(order).toEqual([3, 4]);
    places.close();
  });

  test("are taken from those that stall, but only while others wait", async () => {
    vi.useFakeTimers({
      toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "performance"],
    });
    try {
      const cuts: number[] = [];
      const places = new HandshakePlaces(1, (count) => cuts.push(count));
      const cut = vi.fn();
      await places.take(60_000, cut);
      await vi.advanceTimersByTimeAsync(5000);
      expect(cut).not.toHaveBeenCalled();
      const waiting = places.take(60_000, nothing);
      await vi.advanceTimersByTimeAsync(200);
      expect(cut).toHaveBeenCalledOnce();
      expect(await waiting).toBeDefined();
      expect(cuts).toEqual([1]);
      // A young holder is left alone.
      const next = places.take(60_000, nothing);
      await vi.advanceTimersByTimeAsync(500);
      expect(cuts).toEqual([1]);
      places.close();
      expect(await next).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test("are refused where the queue is full or the wait too long", async () => {
    const cuts: number[] = [];
    const places = new HandshakePlaces(1, (count) => cuts.push(count));
    await places.take(1000, nothing);
    const waiting = Array.from({ length: 10 }, () => places.take(20, nothing));
    expect(await places.take(1000, nothing)).toBeUndefined();
    expect(cuts).toEqual([1]);
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 10 }, () => undefined));
    expect(cuts).toHaveLength(11);
    places.close();
  });
});
