// Values with their places, and what is wrong with a JSON text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonNode, readJson } from "../../../src/ocpp/json/tree.js";

/** The codes and spans of the findings, and the value that was read all the same. */
const read = (text: string): readonly [string, string, string, unknown] => {
  const { findings, root } = readJson(text);
  const [only] = findings;
  expect(findings.length, text).toBe(1);
  return only === undefined
    ? ["", "", "", undefined]
    : [only.code, only.pointer, text.slice(only.start, only.end), root?.value];
};

test.each<[string, string, string, string, unknown]>([
  ["\uFEFF[1]", "byte-order-mark", "", "\uFEFF", [1]],
  ["[1]\u0000", "json-trailing", "", "\u0000", [1]],
  ["[1] ] é", "json-trailing", "", "] é", [1]],
  ["[1", "json-cut-off", "/1", "", [1]],
  ["[1,", "json-cut-off", "/1", "", [1]],
  ['{"a"', "json-cut-off", "/a", "", {}],
  ['{"a":"b', "json-cut-off", "/a", "", {}],
  ["", "not-json", "", "", undefined],
  [" ", "not-json", "", "", undefined],
  ["None", "json-word", "", "None", undefined],
  ["[1,,2]", "json-comma", "/1", ",", [1, 2]],
  ["[,,1]", "json-comma", "/0", ",,", [1]],
  ["[1, ]", "json-comma", "/1", ",", [1]],
  ['{"a":1,}', "json-comma", "/a", ",", { a: 1 }],
  ['{,"a":1}', "json-comma", "/", ",", { a: 1 }],
  ["[1 2]", "json-comma-missing", "/1", "", [1, 2]],
  ['{"a":1 "b":2}', "json-comma-missing", "/a", "", { a: 1, b: 2 }],
  ["[1}]", "json-bracket", "/1", "}", [1]],
  ['[{"a":1]', "json-bracket-missing", "/0/a", "", [{ a: 1 }]],
  ['{"a":[1}', "json-bracket-missing", "/a/1", "", { a: [1] }],
  ['{"a":}', "json-value-missing", "/a", "", { a: undefined }],
  ['{"a":,"b":1}', "json-value-missing", "/a", "", { a: undefined, b: 1 }],
  ['{"a" 1}', "json-broken", "/a", "1}", {}],
  ["{a:1}", "json-broken", "/", "a:1}", {}],
  ["[1;2]", "json-broken", "/1", ";2]", [1]],
  ["[+1]", "json-number", "/0", "+1", [1]],
  ["[01]", "json-number", "/0", "01", [1]],
  ["[.5]", "json-number", "/0", ".5", [0.5]],
  ["[-]", "json-number", "/0", "-", [undefined]],
  ["[1.2.3]", "json-number", "/0", "1.2.3", [undefined]],
  ['["\\x"]', "json-escape", "/0", "\\", ["\\x"]],
  ['["\\u12"]', "json-escape", "/0", "\\u", ["\\u12"]],
  ['["a\u0000\u0001b"]', "json-control-character", "/0", "\u0000\u0001", ["a\u0000\u0001b"]],
  ['["\\ud800"]', "lone-surrogate", "/0", "\\ud800", ["\ud800"]],
  ['["\\ud83d\\ude00\\ude00"]', "lone-surrogate", "/0", "\\ude00", ["\ud83d\ude00\ude00"]],
  ['["\ud800"]', "lone-surrogate", "/0", "\ud800", ["\ud800"]],
  ['{"a":1, "a":2}', "duplicate-member", "/a", ', "a":2', { a: 2 }],
  ["[9007199254740993]", "number-too-large", "/0", "9007199254740993", [9007199254740992]],
  ["[-1e999]", "number-too-large", "/0", "-1e999", [-Number.MAX_VALUE]],
])("%j has a %s at %j", (text, code, pointer, span, value) => {
  expect(read(text)).toEqual([code, pointer, span, value]);
});

describe("readJson", () => {
  test("reads any JSON as JSON.parse does, each value where it stands, and finds nothing wrong", () => {
    const property = fc.property(fc.json(), fc.nat(3), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      const { root, isWhole, findings } = readJson(text);
      expect([root?.value, isWhole]).toEqual([JSON.parse(text), true]);
      expect(findings.filter(({ code }) => code !== "number-too-large" && code !== "lone-surrogate")).toEqual(
        [],
      );
      if (root !== undefined) expectPlaces(text, root);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test("calls broken exactly what JSON.parse does not take", () => {
    const pieces = [
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"',
      "\\",
      "1",
      '"a"',
      "null",
      " ",
      "é",
      "-1e9",
      "\u0000",
      "x",
    ];
    const property = fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (all) => {
      const text = all.join("");
      const isBroken = readJson(text).findings.some(({ code }) => /^(not-)?json/.test(code));
      expect(isBroken).toBe(!parses(text));
    });
    fc.assert(property, { numRuns: 5000 });
  });

  test("keeps members of the prototype's names as members", () => {
    const { root } = readJson('{"__proto__":{"a":1},"constructor":2}');
    expect(Object.keys(root?.value as object)).toEqual(["__proto__", "constructor"]);
    expect(root?.member("__proto__")?.node.value).toEqual({ a: 1 });
  });

  test("skips a value that is nested too deep, and reads on after the value", () => {
    const bomb = (levels: number): string => `[${"[".repeat(levels)}"]"${"]".repeat(levels)},7]`;
    expect(readJson(bomb(99)).findings).toEqual([]);
    const { root, findings } = readJson(bomb(200_000));
    expect(findings.map(({ code }) => code)).toEqual(["json-too-deep"]);
    expect(root?.items?.[1]?.value).toBe(7);
  });

  test("tells a bounded number of findings and counts the others", () => {
    const { findings, untold } = readJson(`[${"+1,".repeat(10_005)}1]`);
    expect([findings.length, untold]).toEqual([10_000, 5]);
  });
});

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const expectPlaces = (text: string, node: JsonNode): void => {
  expect(JSON.parse(text.slice(node.start, node.end))).toEqual(node.value);
  for (const item of node.items ?? []) expectPlaces(text, item);
  for (const member of node.members ?? []) {
    expect(text.startsWith('"', member.keyStart)).toBe(true);
    expectPlaces(text, member.node);
  }
};
