// Chance as a function of a seed and of names.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draw } from "../../src/base/draw.js";

const key = fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.nat(1000)), { maxLength: 4 });

describe("draw", () => {
  test("is the same for the same seed and key, and lies in [0, 1)", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), key, (seed, parts) => {
        const drawn = draw(seed, parts);
        expect(drawn).toBe(draw(seed, [...parts]));
        expect(drawn).toBeGreaterThanOrEqual(0);
        expect(drawn).toBeLessThan(1);
      }),
    );
  });

  test("tells keys apart that join to the same text", () => {
    expect(draw(1, ["ab", "c"])).not.toBe(draw(1, ["a", "bc"]));
    expect(draw(1, ["a|1:b"])).not.toBe(draw(1, ["a", "b"]));
  });

  test("tells seeds apart, those above 32 bits as well", () => {
    const drawn = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 52].map((seed) => draw(seed, ["rule"]));
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  test("spreads evenly over counters", () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const tenth = Math.floor(draw(7, ["rule", "CP-1", i]) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test("stays what it was, because recorded runs depend on it", () => {
    expect([draw(0, []), draw(7, ["r1", "CP-1", 3]), draw(2 ** 40, ["é", 0])]).toMatchInlineSnapshot(`
      [
        0.9207574269730104,
        0.8677235950140562,
        0.6267715661823128,
      ]
    `);
  });
});
