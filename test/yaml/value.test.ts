import { describe, expect, test } from "vitest";
import {
  itemsOf,
  quote,
  readBoolean,
  readInteger,
  readMap,
  readNumber,
  readText,
  readWord,
  show,
  validNames,
} from "../../src/yaml/value.js";
import { collector, plainValue } from "../rules/sample.js";

describe("value readers", () => {
  test("readMap returns the known members and suggests a similar key for an unknown one", () => {
    const { report, said } = collector();
    const value = plainValue({ action: "A", typ: "CALL", quagmire: "CALL" });
    expect([...(readMap(value, "when", ["action", "type"], report)?.keys() ?? [])]).toEqual(["action"]);
    expect(said).toEqual([
      'unknown-key: unknown key "typ" in when; valid: action, type; did you mean "type"?',
      'unknown-key: unknown key "quagmire" in when; valid: action, type',
    ]);
  });

  test("readMap treats __proto__ as an unknown key", () => {
    const { report, said } = collector();
    const value = {
      kind: "map" as const,
      where: "1:1",
      members: [{ key: "__proto__", where: "1:1", value: plainValue(1) }],
    };
    expect(readMap(value, "when", ["action"], report)?.size).toBe(0);
    expect(said).toHaveLength(1);
  });

  test("readText returns a number as the text in the file", () => {
    const { report } = collector();
    expect(readText({ kind: "scalar", where: "1:1", value: 7, source: "007" }, "identity", report)).toBe(
      "007",
    );
  });

  test.each([
    ["not-a-map", (r: never) => readMap(plainValue(5), "when", ["a"], r)],
    ["not-a-text", (r: never) => readText(plainValue(true), "id", r)],
    ["not-a-text", (r: never) => readText(plainValue(""), "id", r)],
    ["unknown-name", (r: never) => readWord(plainValue("lanes"), "holds", ["lane"], r)],
    ["not-a-number", (r: never) => readNumber(plainValue(Number.NaN), "gt", { min: 0, max: 1 }, r)],
    ["not-a-number", (r: never) => readInteger(plainValue(1.5), "nth", { min: 1, max: 9 }, r)],
    ["not-a-number", (r: never) => readInteger(plainValue("1"), "nth", { min: 1, max: 9 }, r)],
    ["not-a-boolean", (r: never) => readBoolean(plainValue("yes"), "exists", r)],
  ])("a value of the wrong type is undefined and reported as %s", (code, read) => {
    const { report, said } = collector();
    expect(read(report as never)).toBeUndefined();
    expect(said).toEqual([expect.stringMatching(new RegExp(`^${code}: `))]);
  });

  test("bounds are inclusive", () => {
    const { report, said } = collector();
    expect(readNumber(plainValue(0), "p", { min: 0, max: 1 }, report)).toBe(0);
    expect(readInteger(plainValue(9), "n", { min: 1, max: 9 }, report)).toBe(9);
    expect(readBoolean(plainValue(false), "exists", report)).toBe(false);
    expect(said).toEqual([]);
  });

  test("quoted values are short and contain no control characters", () => {
    expect(show(plainValue("\u001b[31m"))).toBe('"\\u001b[31m"');
    expect(quote("x".repeat(100))).toHaveLength(65);
    expect([show(plainValue({})), show(plainValue([])), show(plainValue(1.5))]).toEqual([
      "a map",
      "a list",
      "1.5",
    ]);
    expect(show({ kind: "scalar", where: "1:1", value: null, source: "" })).toBe("nothing");
  });

  test("itemsOf treats a single value as a list, and validNames suggests only similar words", () => {
    expect(itemsOf(plainValue("a"))).toHaveLength(1);
    expect(itemsOf(plainValue(["a", "b"]))).toHaveLength(2);
    expect(validNames("quagmire", ["drop"])).toBe("valid: drop");
  });
});
