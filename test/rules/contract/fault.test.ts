import { expect, test } from "vitest";
import { defineFault } from "../../../src/rules/contract/fault.js";
import { integer } from "../../../src/yaml/settings.js";
import { collector, plainValue } from "../sample.js";

const odd = defineFault({
  name: "odd",
  layer: "message",
  summary: "Accepts odd numbers.",
  goodPeer: "Does nothing.",
  example: "odd: 3",
  settings: { n: integer("a number", { min: 0, max: 9 }) },
  short: "n",
  check: ({ n }, { where }, report) => {
    if (n % 2 === 0) report(where, "even", "n is even");
    return n % 2 === 1;
  },
  apply: (_settings, { copies }) => ({ outcome: "nothing", copies, draw: null }),
  explain: ({ n }) => `left alone ${n} times`,
});

test("a definition becomes a fault that acts on messages and reads its short form", () => {
  const { report, said } = collector();
  expect(odd).toMatchObject({
    points: ["message"],
    breaks: undefined,
    onlyDirection: undefined,
    final: false,
    risksBilling: false,
    actsBothWays: false,
    usesHistory: false,
    takesCompressed: false,
    sweep: {},
  });
  expect(odd.longestHoldMs({ n: 1 })).toBe(0);
  expect(odd.read(plainValue(3), report)).toEqual({ n: 3 });
  expect(odd.read(plainValue({ n: 5 }), report)).toEqual({ n: 5 });
  expect(said).toEqual([]);
});

test("the check of a fault runs after its settings were read", () => {
  const { report, said } = collector();
  expect(odd.read(plainValue(4), report)).toBeUndefined();
  expect(said).toEqual(["even: n is even"]);
  expect(odd.read(plainValue({ n: 44 }), report)).toBeUndefined();
  expect(said).toHaveLength(2);
});
