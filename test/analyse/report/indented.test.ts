// JSON texts with line breaks and indents.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indented } from "../../../src/analyse/report/indented.js";

describe("indented", () => {
  test("indented JSON has one line for each member and element", () => {
    expect(indented('[2,"a",{"b":{},"c":[ 1.50, 2 ] , "d":"x, [y]"}]')).toBe(
      [
        "[",
        "  2,",
        '  "a",',
        "  {",
        '    "b": {},',
        '    "c": [',
        "      1.50,",
        "      2",
        "    ],",
        '    "d": "x, [y]"',
        "  }",
        "]",
      ].join("\n"),
    );
  });

  test("indenting keeps numbers as they were written", () => {
    expect(indented("[12345678901234567890, 1e3, -0.0]")).toBe(
      "[\n  12345678901234567890,\n  1e3,\n  -0.0\n]",
    );
  });

  test("indented JSON parses to the same value", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.object()), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(JSON.parse(indented(text).replaceAll("\\u", "\\u")))).toBe(text);
      }),
    );
  });

  test("a text that is not JSON keeps its characters, and control characters become visible", () => {
    expect(indented("GET / <\u202e")).toBe("GET / <\\u202e");
    expect(indented('["\u202e"')).toBe('[\n  "\\u202e"');
  });

  test("indenting never throws, and its output stays linear for any nesting", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof indented(`[${text}`) === "string"));
    expect(indented("[".repeat(10_000)).length).toBeLessThan(500_000);
  });
});
