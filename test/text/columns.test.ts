// Columns of texts in a terminal.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf, cutToColumns } from "../../src/text/columns.js";

describe("columnsOf", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["充電器", 6],
    ["⚡🔌", 4],
    ["─▶", 2],
  ])("%s takes %d", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe("cutToColumns", () => {
  test.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["充電器", 6, "充電器"],
    ["充電器", 5, "充電…"],
    ["充電器", 4, "充…"],
    ["ab", 0, ""],
    ["ab", 1, "…"],
  ])("%s to %d is %s", (text, most, cut) => {
    expect(cutToColumns(text, most)).toBe(cut);
  });

  test("never takes more columns than asked", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, most) => {
        expect(columnsOf(cutToColumns(text, most))).toBeLessThanOrEqual(most);
      }),
    );
  });
});
