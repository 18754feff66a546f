import { describe, expect, test } from "vitest";
import { PathPreparer } from "../../../src/rules/matching/prepared-paths.js";

describe("prepared path conditions", () => {
  test("have one number for one pointer, in whichever condition it stands", () => {
    const paths = new PathPreparer();
    const numberOf = (pointer: string): number =>
      paths.prepare({ pointer, steps: [pointer], tests: [] }).number;
    const numbers = ["/a", "/b", "/a", "/c", "/b"].map(numberOf);
    expect(numbers[0]).toBe(numbers[2]);
    expect(numbers[1]).toBe(numbers[4]);
    expect(new Set(numbers).size).toBe(3);
  });

  test("keep their steps and tests", () => {
    const condition = {
      pointer: "/a/0/__proto__",
      steps: ["a", "0", "__proto__"],
      tests: [
        { kind: "equals", value: "x" },
        { kind: "equals", value: 7 },
        { kind: "in", values: ["y", null, true, 1.5] },
        { kind: "exists", value: true },
        { kind: "gt", value: 3 },
      ],
    } as const;
    const { steps, tests } = new PathPreparer().prepare(condition);
    expect({ steps, tests }).toEqual({ steps: condition.steps, tests: condition.tests });
  });
});
