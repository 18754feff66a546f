import { expect, test } from "vitest";
import { defineFault } from "../../../src/rules/contract/fault.js";
import { integer } from "../../../src/yaml/settings.js";
import { collector, plainValue } from "../sample.js";

const facts = {
  name: "odd",
  layer: "message",
  final: false,
  loses: false,
  summary: "Takes odd numbers.",
  goodPeer: "Does nothing.",
  example: "odd: 3",
} as const;

const odd = defineFault<{ readonly n: number }>({
  ...facts,
  fields: { n: integer("a number", { min: 0, max: 9 }) },
  short: "n",
  check: (settings, { where }, report) => {
    if (settings.n % 2 === 1) return settings;
    report(where, "even", "n is even");
    return undefined;
  },
  apply: (_settings, { copies }) => ({ outcome: "nothing", copies, draw: null }),
  explain: ({ n }) => `left alone ${n} times`,
});

test("a definition becomes a fault that acts on messages and reads its short form", () => {
  const { report, said } = collector();
  expect(odd.points).toEqual(["message"]);
  expect([odd.breaks, odd.only, odd.crosses, odd.recalls, odd.keepsStream]).toEqual([
    undefined,
    undefined,
    false,
    false,
    false,
  ]);
  expect(odd.read(plainValue(3), report)).toEqual({ n: 3 });
  expect(odd.read(plainValue({ n: 5 }), report)).toEqual({ n: 5 });
  expect(said).toEqual([]);
});

test("what one field cannot tell by itself is checked behind all of them", () => {
  const { report, said } = collector();
  expect(odd.read(plainValue(4), report)).toBeUndefined();
  expect(said).toEqual(["even: n is even"]);
  expect(odd.read(plainValue({ n: 44 }), report)).toBeUndefined();
  expect(said).toHaveLength(2);
});
