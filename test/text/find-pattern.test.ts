// Where patterns fit, compared with the platform's regular expressions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPattern } from "../../src/text/find-pattern.js";
import { readPattern } from "../../src/text/pattern.js";

const find = (source: string, text: string): { whole: string; group: string | undefined } | undefined => {
  const reading = readPattern(source);
  if (reading.kind === "wrong") throw new Error(reading.message);
  return findPattern(reading.pattern, text);
};

const oracle = (source: string, text: string): { whole: string; group: string | undefined } | undefined => {
  const found = new RegExp(source, "u").exec(text);
  return found === null ? undefined : { whole: found[0], group: found[1] };
};

describe("findPattern", () => {
  test.each([
    ["CP[0-9]+", "/ocpp/CP12/x", "CP12", undefined],
    ["^/ocpp/([^/]+)", "/ocpp/CP1/ws", "/ocpp/CP1", "CP1"],
    ["(?:a|b)(c)(d)", "xbcd", "bcd", "c"],
    ["id=([^&]*)", "/?x=1&id=&y", "id=", ""],
    ["(a)|b", "b", "b", undefined],
    ["a|ab", "ab", "a", undefined],
    ["\u{1f50c}(.)", "x\u{1f50c}y", "\u{1f50c}y", "y"],
    ["(a*)b", "aab aaab", "aab", "aa"],
  ])("%j in %j is %j with the group %j", (source, text, whole, group) => {
    expect(find(source, text)).toEqual({ whole, group });
  });

  test("finds nothing where nothing fits", () => {
    expect(find("x(y)", "xz")).toBeUndefined();
  });

  test("finds what the platform's engine finds", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      "(a|b)",
      "(?:ab)",
      "[ab]",
      ".",
      "a*",
      "b+",
      "(a*)",
      "(?:a|bb)?",
      "^",
      "$",
    );
    const source = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(source, fc.stringMatching(/^[abc]{0,12}$/), (pattern, text) => {
        expect(find(pattern, text)).toEqual(oracle(pattern, text));
      }),
    );
  });

  test("takes a time that grows with the text alone", () => {
    expect(find("(a*)*(a*)*(a*)*b", "a".repeat(16_000))).toBeUndefined();
  });
});
