// Messages as flat lists of values, whatever they look like.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalNumber, flatten, longestCompared } from "../../../src/ocpp/json/flat-values.js";

describe("the canonical number", () => {
  test.each([
    ["1.0", "1"],
    ["1e3", "1000"],
    ["-0.50", "-5e-1"],
    ["0.00", "-0"],
    ["12.5E1", "125"],
  ])("%s is the same as %s", (a, b) => {
    expect(canonicalNumber(a)).toBe(canonicalNumber(b));
  });

  test("keeps every digit of an integer of any size", () => {
    expect(canonicalNumber("9223372036854775807")).not.toBe(canonicalNumber("9223372036854775808"));
  });

  test("is equal for numbers exactly when their values are", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer({ min: 0, max: 6 }), (a, b, zeros) => {
        expect(canonicalNumber(`${a}.${"0".repeat(zeros + 1)}`)).toBe(canonicalNumber(`${a}`));
        expect(canonicalNumber(`${a}`) === canonicalNumber(`${b}`)).toBe(a === b);
      }),
    );
  });
});

describe("flatten", () => {
  test("tells containers, scalars and their characters by pointer", () => {
    const flat = flatten('[3,"i",{"a":[1.50,null],"b/~":"x"}]', [[2, ""]]);
    expect([...(flat ?? [])].map(([pointer, { source }]) => [pointer, source])).toEqual([
      ["", "{…}"],
      ["/a", "[…]"],
      ["/a/0", "1.50"],
      ["/a/1", "null"],
      ["/b~1~0", '"x"'],
    ]);
  });

  test("gives up on what is too long, too deep or no message, and never throws", () => {
    expect(flatten(`[3,"i",${"[".repeat(100_000)}${"]".repeat(100_000)}]`, [[2, ""]])).toBeUndefined();
    expect(flatten(`[3,"i","${"x".repeat(longestCompared)}"]`, [[2, ""]])).toBeUndefined();
    fc.assert(fc.property(fc.string(), (words) => void flatten(words, [[2, ""]])));
  });

  test("takes members with names of the language for members", () => {
    const flat = flatten('[3,"i",{"__proto__":{"a":1},"constructor":2}]', [[2, ""]]);
    expect(flat?.get("/__proto__/a")?.canonical).toBe(canonicalNumber("1"));
    expect(flat?.get("/constructor")?.canonical).toBe(canonicalNumber("2"));
  });
});
