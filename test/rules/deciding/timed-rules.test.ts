import { describe, expect, test } from "vitest";
import { Timetable } from "../../../src/rules/deciding/timed-rules.js";
import { ruleSet } from "../sample.js";

const s = 1e9;
const timed = (trigger: string) => {
  const [rule] = ruleSet(`{ id: a, trigger: ${trigger}, then: [ close: ] }`).rules;
  if (rule === undefined) throw new Error("no rule");
  return { rule };
};

describe("a timetable", () => {
  test("makes a rule due once in every silence", () => {
    const idle = timed("{ idle: 4s }");
    const table = new Timetable(0);
    expect(table.nextAtNs([idle])).toBe(4 * s);
    table.noteBytes(3 * s);
    expect(table.takeDue([idle], 4 * s)).toEqual([]);
    expect(table.nextAtNs([idle])).toBe(7 * s);
    expect(table.takeDue([idle], 7 * s)).toEqual([idle]);
    expect(table.nextAtNs([idle])).toBeUndefined();
    expect(table.takeDue([idle], 100 * s)).toEqual([]);
    table.noteBytes(101 * s);
    expect(table.nextAtNs([idle])).toBe(105 * s);
  });

  test("makes a rule due every period, without making up for missed ones", () => {
    const every = timed("{ schedule: { every: 10s } }");
    const table = new Timetable(5 * s);
    expect(table.nextAtNs([every])).toBe(15 * s);
    expect(table.takeDue([every], 47 * s)).toEqual([every]);
    expect(table.nextAtNs([every])).toBe(55 * s);
  });

  test("makes a rule due at each time of a list", () => {
    const at = timed("{ schedule: { at: [1m, 10s] } }");
    const table = new Timetable(0);
    expect(table.nextAtNs([at])).toBe(10 * s);
    expect(table.takeDue([at], 10 * s)).toEqual([at]);
    expect(table.takeDue([at], 59 * s)).toEqual([]);
    expect(table.takeDue([at], 60 * s)).toEqual([at]);
    expect(table.nextAtNs([at])).toBeUndefined();
  });
});
