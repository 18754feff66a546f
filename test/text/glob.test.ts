// Globs against a regular expression, and in linear time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesGlob } from "../../src/text/glob.js";

const asExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", "[^]*")
      .replaceAll("?", "[^]")}$`,
  );

describe("matchesGlob", () => {
  test("says what a regular expression would", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", ".", "-"), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 6 });
    fc.assert(
      fc.property(pattern, word, (glob, text) => {
        expect(matchesGlob(glob, text)).toBe(asExpression(glob).test(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("is not stalled by a hostile text", () => {
    expect(matchesGlob(`${"*a".repeat(30)}b`, "a".repeat(20_000))).toBe(false);
  });
});
