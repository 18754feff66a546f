// Quoted texts inside a JSON text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringEnd, unquote } from "../../../src/ocpp/json/string.js";

describe("stringEnd", () => {
  test.each([
    ['""', 2],
    ['"a"b"', 3],
    ['"a\\"b"', 6],
    ['"\\\\"x', 4],
    ['"\\\\\\""', 6],
    ['"', -1],
    ['"abc', -1],
    ['"abc\\"', -1],
    ['"two\nlines"', 11],
  ])("of %j is %i", (json, end) => {
    expect(stringEnd(json, 0)).toBe(end);
  });

  test("finds the end of whatever JSON.stringify quotes, wherever it stands", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), fc.string(), (value, before, after) => {
        const quoted = JSON.stringify(value);
        expect(stringEnd(`${before}${quoted}${after}`, before.length)).toBe(before.length + quoted.length);
        expect(unquote(quoted)).toBe(value);
      }),
    );
  });

  test("follows millions of escapes", () => {
    const json = `"${"\\n".repeat(5_000_000)}"`;
    expect(stringEnd(json, 0)).toBe(json.length);
    expect(stringEnd(json.slice(0, -1), 0)).toBe(-1);
  });
});

describe("unquote", () => {
  test("resolves escapes", () => {
    expect(unquote('"a\\u0041\\n"')).toBe("aA\n");
  });

  test("gives the characters as they stand where an escape is illegal", () => {
    expect(unquote('"a\\x"')).toBe("a\\x");
    expect(unquote('"two\nlines"')).toBe("two\nlines");
  });
});
