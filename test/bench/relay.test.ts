// The bench of the relay, at a small size: that it measures, not what it measures.
import { expect, test } from "vitest";
import { variants } from "../../bench/relay/children.mjs";
import { summarise, table } from "../../bench/relay/figures.mjs";
import { measure } from "../../bench/relay.mjs";

const size = { rounds: 1, chargers: 3, warmMs: 20, driveMs: 50, idle: 3, idleRounds: 1 };
const loads = [
  { name: "one", action: "Heartbeat", outstanding: 1 },
  { name: "burst", action: "MeterValues", outstanding: 64 },
];

interface Figures {
  readonly idle: unknown;
  readonly loads: readonly {
    readonly variants: readonly {
      readonly key: string;
      readonly perSecond: number;
      readonly p50Ms: number;
    }[];
    readonly cpuRatios: Readonly<Record<string, number>>;
  }[];
}

test("the bench of the relay measures every variant at every load", async () => {
  const figures: Figures = summarise(await measure(size, variants, loads, () => undefined), variants, loads);
  expect(figures.loads.map((load) => load.variants.map(({ key }) => key).join(""))).toEqual([
    "abcde",
    "abcde",
  ]);
  for (const { variants: measured, cpuRatios } of figures.loads) {
    for (const { perSecond, p50Ms } of measured) {
      expect(perSecond).toBeGreaterThan(0);
      expect(p50Ms).toBeGreaterThan(0);
    }
    expect(Object.keys(cpuRatios)).toEqual(["e/b", "e/c", "e/d"]);
  }
  expect(table(figures, size)).toContain("CPU per message: e/b ");
});
