// Charts of meter readings.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meterChart } from "../../../src/analyse/report/meter-svg.js";

const start = Date.UTC(2026, 0, 1, 10);

describe("meterChart", () => {
  test("a chart draws energy and power with scales of round numbers", () => {
    const chart = meterChart({
      transaction: "7",
      connector: "<b>",
      energy: [0, 1, 2].map((i) => ({ epochMs: start + i * 60_000, value: 1000 + i * 500 })),
      power: [{ epochMs: start, value: 11_000 }],
    });
    expect(chart).toContain("<b>transaction 7, connector &lt;b&gt;</b> · 1 kWh · 2026-01-01 UTC");
    expect(chart.match(/<polyline/g)?.length).toBe(2);
    expect(chart).toContain(">10:01:30</text>");
    expect(chart).toContain("<title>10:02:00 2 kWh</title>");
    expect([...chart.matchAll(/class="tick energy"[^>]*>([^<]*)</g)].map(([, tick]) => tick)).toEqual([
      "1",
      "1.5",
      "2",
    ]);
  });

  test("a series without points has no chart, and a missing curve is not drawn", () => {
    expect(meterChart({ transaction: undefined, connector: undefined, energy: [], power: [] })).toBe("");
    const chart = meterChart({
      transaction: undefined,
      connector: "1",
      energy: [{ epochMs: start, value: 1 }],
      power: [],
    });
    expect(chart).toContain("connector 1, outside of a transaction");
    expect(chart).not.toContain('class="power"');
  });

  test("a curve of many points is thinned out and keeps its last point", () => {
    const energy = Array.from({ length: 10_000 }, (_, i) => ({ epochMs: start + i * 1000, value: i }));
    const chart = meterChart({ transaction: "1", connector: undefined, energy, power: [] });
    expect(chart.match(/<circle/g)?.length).toBeLessThan(1600);
    expect(chart).toContain("9.999 kWh</title>");
  });

  test("a chart contains only finite numbers, for any readings", () => {
    const point = fc.record({
      epochMs: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
      value: fc.double({ noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point), fc.array(point), (energy, power) => {
        const chart = meterChart({ transaction: "1", connector: undefined, energy, power });
        expect(chart).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });
});
