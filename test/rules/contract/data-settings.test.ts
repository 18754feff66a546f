import { describe, expect, test } from "vitest";
import {
  awaited,
  direction,
  json,
  pointer,
  readJsonText,
  readPayloadPath,
  shift,
} from "../../../src/rules/contract/data-settings.js";
import { readYaml } from "../../../src/yaml/source.js";
import type { IssueReporter, Value } from "../../../src/yaml/value.js";
import { collector } from "../sample.js";

const yaml = (text: string): Value => {
  const value = readYaml(text, () => {});
  if (value === undefined) throw new Error("no YAML");
  return value;
};

const read = <Type>(how: (value: Value, what: string, report: IssueReporter) => Type, text: string) => {
  const { report, said } = collector();
  return { found: how(yaml(text), "it", report), said: said.length };
};

describe("JSON", () => {
  test.each([
    ["9223372036854775807", "9223372036854775807"],
    ["12.50", "12.50"],
    ["1e400", "1e400"],
    ["-0", "-0"],
    ['"12.50"', '"12.50"'],
    ["plain", '"plain"'],
    ["0x10", "16"],
    ["true", "true"],
    ["~", "null"],
    ["{ a: [ 1.0, { b: c } ], 'd\"': null }", '{"a":[1.0,{"b":"c"}],"d\\"":null}'],
    ["[]", "[]"],
  ])("%s goes out as %s", (text, expected) => {
    expect(read(readJsonText, text)).toEqual({ found: expected, said: 0 });
  });

  test("cannot say what is no number, however deep", () => {
    expect(read(readJsonText, "{ a: [ .inf ] }")).toEqual({ found: undefined, said: 1 });
  });

  test("fields have a fallback or are required", () => {
    expect([json("x").fallback, json("x", "{}").fallback]).toEqual(["required", { value: "{}" }]);
  });
});

test.each([
  ["/a/0", { pointer: "/a/0", steps: ["a", "0"] }],
  ["'/~1~0'", { pointer: "/~1~0", steps: ["/~"] }],
  ["''", { pointer: "", steps: [] }],
])("%s is a place", (text, expected) => {
  expect(read(readPayloadPath, text).found).toEqual(expected);
  expect(pointer("x").read(yaml(text), "it", () => {})).toEqual(expected);
});

test.each(["a", "5", "/~2", "[]"])("%s is no place", (text) => {
  expect(read(readPayloadPath, text)).toEqual({ found: undefined, said: 1 });
});

test.each([
  ["2h", 7_200_000],
  ["-90s", -90_000],
  ["+1ms", 1],
])("%s is a shift of %i ms", (text, ms) => {
  expect(read(shift("x").read, text).found).toBe(ms);
});

test.each(["5", "0s", "-", "2 h", "999999999h"])("%s is no shift", (text) => {
  expect(read(shift("x").read, text)).toEqual({ found: undefined, said: 1 });
});

test("directions have aliases", () => {
  const field = direction("x");
  expect(read(field.read, "'cp>csms'").found).toBe("cp-to-csms");
  expect(read(field.read, "up")).toEqual({ found: undefined, said: 1 });
});

test("an awaited message is named by at least one thing, and everything wrong is told", () => {
  const field = awaited("x");
  expect(read(field.read, "{ type: CALL, id: 7 }").found).toEqual({
    direction: undefined,
    type: "CALL",
    action: undefined,
    id: "7",
  });
  expect(read(field.read, "{}")).toEqual({ found: undefined, said: 1 });
  expect(read(field.read, "{ type: CAL, direction: up }")).toEqual({ found: undefined, said: 2 });
});
