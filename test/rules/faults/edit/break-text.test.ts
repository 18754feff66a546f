import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactText, text, utf8 } from "../../../../src/base/bytes.js";
import { asInvalidJson, asInvalidUtf8, asTruncated } from "../../../../src/rules/faults/edit/break-text.js";

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const frameText = fc
  .tuple(fc.constantFrom(2, 3, 4), fc.string(), fc.jsonValue(), fc.constantFrom(undefined, 1))
  .map(([type, id, payload, indent]) => JSON.stringify([type, id, payload], undefined, indent));
const anything = fc.oneof(frameText.map(utf8), fc.json().map(utf8), fc.uint8Array(), fc.string().map(utf8));

const parses = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(text(bytes));
    return true;
  } catch {
    return false;
  }
};

describe("breaking a text", () => {
  test("asInvalidJson turns any bytes into valid UTF-8 that is not JSON", () => {
    fc.assert(
      fc.property(anything, place, (bytes, at) => {
        const broken = asInvalidJson(bytes, at);
        expect(exactText(broken)).toBeDefined();
        expect(parses(broken)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("invalid-json removes one character of a message", () => {
    fc.assert(
      fc.property(frameText, place, (json, at) => {
        expect(text(asInvalidJson(utf8(json), at)).length).toBe(json.length - 1);
      }),
    );
  });

  test.each([
    ["[1,2]", 0.5, "[1,2"],
    ['[2,"a,b",{}]', 0.3, '[2"a,b",{}]'],
    ["1", 0, "1,"],
    ['"a"', 0.9, '"a",'],
    ["[1]]", 0.9, "[1],"],
    ["", 0, ""],
  ])("invalid-json of %j at %d is %j", (json, at, broken) => {
    expect(text(asInvalidJson(utf8(json), at))).toBe(broken);
  });

  test("a truncated text is the start of the message, not JSON, and valid UTF-8", () => {
    fc.assert(
      fc.property(frameText, place, (json, at) => {
        const cut = exactText(asTruncated(utf8(json), at));
        expect(cut).toBeDefined();
        expect(cut?.length).toBeGreaterThan(0);
        expect(json.startsWith(cut ?? "?")).toBe(true);
        expect(parses(utf8(cut ?? "1"))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("truncating keeps at least one byte of every text, and removes at least one of a longer text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), place, (json, at) => {
        const cut = asTruncated(utf8(json), at);
        expect(cut.length).toBeGreaterThan(0);
        expect(exactText(cut)).toBeDefined();
      }),
    );
    expect(asTruncated(utf8("[]  \n"), 0.99)).toEqual(utf8("["));
    expect(asTruncated(utf8(""), 0.5)).toEqual(utf8(""));
  });

  test("asInvalidUtf8 turns any bytes into invalid UTF-8, and keeps the JSON structure of a message", () => {
    fc.assert(
      fc.property(anything, place, place, (bytes, at, kind) => {
        const before = bytes.slice();
        expect(exactText(asInvalidUtf8(bytes, at, kind))).toBeUndefined();
        expect(bytes).toEqual(before);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), place, place, (id, at, kind) => {
        expect(parses(asInvalidUtf8(utf8(JSON.stringify([2, id, "Action", {}])), at, kind))).toBe(true);
      }),
    );
  });

  test.each([
    ['[2,"ab"]', 0, 0, [0xff, 0x62]],
    ['[2,"ab"]', 0.9, 0.9, [0x61, 0xc3, 0x28]],
  ])("invalid-utf8 of %j at %d", (json, at, kind, inside) => {
    const broken = asInvalidUtf8(utf8(json), at, kind);
    expect([...broken.subarray(4, broken.length - 2)]).toEqual(inside);
  });
});
