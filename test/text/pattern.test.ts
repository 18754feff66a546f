import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestText, matchesPattern, readPattern } from "../../src/text/pattern.js";

const fits = (source: string, text: string): boolean => {
  const reading = readPattern(source);
  if (reading.kind === "wrong") throw new Error(reading.message);
  return matchesPattern(reading.pattern, text);
};

describe("a pattern", () => {
  test.each([
    ["", "", true],
    ["", "x", true],
    ["b", "abc", true],
    ["^b", "abc", false],
    ["c$", "abc", true],
    ["^abc$", "abc", true],
    ["^abc$", "abcd", false],
    ["a.c", "a\nc", false],
    ["^a*$", "aaaa", true],
    ["^a+$", "", false],
    ["^ab?c$", "ac", true],
    ["^(foo|ba[rz])+$", "foobarbaz", true],
    ["^(?:a|b){2,3}$", "aba", true],
    ["^(?:a|b){2,3}$", "abab", false],
    ["^a{2}$", "aa", true],
    ["^a{2,}$", "aaaaa", true],
    ["^a{0}$", "", true],
    ["^\\d\\D\\w\\W\\s\\S$", "1x_- y", true],
    ["^[^a-c]$", "d", true],
    ["^[a-c\\-\\]]+$", "b-]", true],
    ["^[a-]+$", "a-", true],
    ["^\\.\\*$", ".*", true],
    ["^.$", "\u{1f50c}", true],
    ["(a*)*$", "b", true],
    ["^|x", "y", true],
  ])("%j against %j gives %s", (source, text, outcome) => {
    expect(fits(source, text)).toBe(outcome);
  });

  test.each([
    ["(a", 2],
    ["a)", 1],
    ["*a", 0],
    ["a**", 2],
    ["a+?", 2],
    ["[a", 2],
    ["a\\", 2],
    ["\\k", 2],
    ["(?=a)", 2],
    ["a{2,1}", 1],
    ["a{101}", 1],
    ["[z-a]", 4],
    ["[\\D]", 3],
    ["((((a{90}){90}){90}){90})", 0],
    ["(((((){100}){100}){100}){100}){100}", 0],
    ["x".repeat(600), 512],
    ["(".repeat(100), 17],
  ])("%j is refused, with the place", (source, at) => {
    expect(readPattern(source)).toEqual({ kind: "wrong", at, message: expect.any(String) });
  });

  test("agrees with the engine's own regular expressions", () => {
    const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "(a|b)", "(?:ab|)", "\\w", "^", "$");
    const item = fc
      .tuple(atom, fc.constantFrom("", "*", "+", "?", "{2}", "{1,2}"))
      .map(([a, r]) => (a === "^" || a === "$" ? a : a + r));
    const source = fc.array(
      fc.array(item, { maxLength: 5 }).map((items) => items.join("")),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(
        source,
        fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }),
        (parts, text) => {
          const pattern = parts.join("|");
          expect(fits(pattern, text)).toBe(new RegExp(pattern, "u").test(text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a text that stalls backtracking engines is one pass here, and overlong texts fit nothing", () => {
    expect(fits("^(a+)+$", `${"a".repeat(10_000)}b`)).toBe(false);
    expect(fits("^(a|a)*b$", `${"a".repeat(10_000)}b`)).toBe(true);
    expect(fits("a", "a".repeat(longestText + 1))).toBe(false);
  });
});
