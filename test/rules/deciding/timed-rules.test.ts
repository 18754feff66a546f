import { describe, expect, test } from "vitest";
import { Timetable } from "../../../src/rules/deciding/timed-rules.js";
import { ruleSet } from "../sample.js";

const s = 1e9;
const rule = (trigger: string) => {
  const [found] = ruleSet(`{ id: a, trigger: ${trigger}, then: [ close: ] }`).rules;
  if (found === undefined) throw new Error("no rule");
  return found;
};

describe("a timetable", () => {
  test("has a turn for every silence, and one only", () => {
    const idle = rule("{ idle: 4s }");
    const table = new Timetable(0);
    expect(table.nextAt([idle])).toBe(4 * s);
    table.heard(3 * s);
    expect(table.due([idle], 4 * s)).toEqual([]);
    expect(table.nextAt([idle])).toBe(7 * s);
    expect(table.due([idle], 7 * s)).toEqual([idle]);
    expect(table.nextAt([idle])).toBeUndefined();
    expect(table.due([idle], 100 * s)).toEqual([]);
    table.heard(101 * s);
    expect(table.nextAt([idle])).toBe(105 * s);
  });

  test("repeats a period and does not make up for what was missed", () => {
    const every = rule("{ schedule: { every: 10s } }");
    const table = new Timetable(5 * s);
    expect(table.nextAt([every])).toBe(15 * s);
    expect(table.due([every], 47 * s)).toEqual([every]);
    expect(table.nextAt([every])).toBe(55 * s);
  });

  test("keeps a list of times", () => {
    const at = rule("{ schedule: { at: [1m, 10s] } }");
    const table = new Timetable(0);
    expect(table.nextAt([at])).toBe(10 * s);
    expect(table.due([at], 10 * s)).toEqual([at]);
    expect(table.due([at], 59 * s)).toEqual([]);
    expect(table.due([at], 60 * s)).toEqual([at]);
    expect(table.nextAt([at])).toBeUndefined();
  });
});
