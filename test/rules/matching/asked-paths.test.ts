import { describe, expect, test } from "vitest";
import { AskedPaths } from "../../../src/rules/matching/asked-paths.js";

describe("path conditions that are asked of every message", () => {
  test("have one number for one pointer, however often it is asked", () => {
    const paths = new AskedPaths();
    const slotOf = (pointer: string): number => paths.of({ pointer, steps: [pointer], tests: [] }).slot;
    const slots = ["/a", "/b", "/a", "/c", "/b"].map(slotOf);
    expect(slots[0]).toBe(slots[2]);
    expect(slots[1]).toBe(slots[4]);
    expect(new Set(slots).size).toBe(3);
  });

  test("ask what they asked before", () => {
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
    const { steps, tests } = new AskedPaths().of(condition);
    expect({ steps, tests }).toEqual({ steps: condition.steps, tests: condition.tests });
  });
});
