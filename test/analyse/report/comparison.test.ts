// The content of a comparison page.
import { expect, test } from "vitest";
import {
  type ComparisonItem,
  comparisonSections,
  type SectionParts,
} from "../../../src/analyse/report/comparison.js";
import { reportLimits } from "../../../src/analyse/report/text-budget.js";

const item = (name: string, isDifference = false): ComparisonItem => ({
  kind: "exchange",
  direction: "cp-to-csms",
  connection: 1,
  atNs: 1_500_000_000,
  name,
  result: "equal",
  tone: "good",
  isDifference,
  why: "",
  left: { call: '[2,"1","A",{"a":1}]', answer: '[3,"1",{}]', latencyMs: 1 },
  right: { call: '[2,"1","A",{"a":1}]', answer: undefined, latencyMs: null },
  differences: [],
});

const section = (items: readonly ComparisonItem[]): SectionParts => ({
  title: "t",
  verdict: "pass",
  tone: "good",
  leftName: "l",
  rightName: "r",
  facts: [],
  totals: [],
  notes: [],
  items,
});

test("a row has one line for each side, and a text that is the same on both sides only once", () => {
  const [row] = comparisonSections([section([item("A")])], reportLimits)[0]?.rows ?? [];
  expect(row).toMatchObject({
    time: "+1.500",
    left: { call: '{"a":1}', answer: "{}", latency: "1.0 ms" },
    right: { call: '{"a":1}', answer: "", latency: "" },
  });
  expect(row?.kind === "exchange" && row.texts.map((text) => text === true || text.length > 0)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test("if not all rows fit, differences are kept first, in their order", () => {
  const rows = [item("a"), item("b"), item("c", true), item("d"), item("e", true)];
  const [first, second] = comparisonSections([section(rows), section(rows)], { ...reportLimits, rows: 3 });
  const names = first?.rows.map((row) => (row.kind === "exchange" ? row.name : ""));
  expect([names, first?.rowsLeftOut, second?.rowsLeftOut]).toEqual([["a", "c", "e"], 2, 5]);
});
