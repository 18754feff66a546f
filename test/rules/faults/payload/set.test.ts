import { describe, expect, test } from "vitest";
import { setValue } from "../../../../src/rules/faults/payload/set.js";
import { onTheWire, reported, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

describe("a value that is set", () => {
  test.each([
    ["/idTag", "X", start.replace('"ABC"', '"X"')],
    ["/meterStart", 9, start.replace("12.50", "9")],
    ["/idTag", { deep: [1, "a", null, true] }, start.replace('"ABC"', '{"deep":[1,"a",null,true]}')],
    ["/new", "added", start.replace('Z"}', 'Z","new":"added"}')],
    ["", [], '[2,"7", "StartTransaction" ,[]]'],
  ])("at %s becomes %j, and nothing else changes", (path, value, after) => {
    const { texts, outcome } = tried(setValue, { path, value }, start);
    expect(texts).toEqual([after]);
    expect(outcome).toBe(`set ${path === "" ? "the payload" : path}`);
  });

  test("set changes every item of a list, and can add one after the last", () => {
    const lists = '[3,"1",{"a":[{"b":1},{"b":2}]}]';
    expect(tried(setValue, { path: "/a/*/b", value: 0 }, lists).texts).toEqual([
      '[3,"1",{"a":[{"b":0},{"b":0}]}]',
    ]);
    expect(tried(setValue, { path: "/a/-", value: 0 }, lists).texts).toEqual([
      '[3,"1",{"a":[{"b":1},{"b":2},0]}]',
    ]);
    expect(tried(setValue, { path: "/a/5", value: 0 }, lists).isUntouched).toBe(true);
  });

  test("set writes the value with the characters of the rule file", () => {
    for (const figures of ["9223372036854775807", "12.50", "1e400", "-0"])
      onTheWire(
        `{ set: { path: /meterStart, value: ${figures} } }`,
        start,
        "set /meterStart",
        start.replace("12.50", figures),
      );
  });
});

test.each([
  ['[3,"7"]', "the message has no payload"],
  ['[4,"7","E","",{}]', "the message has no payload"],
  ['[3,"7",{}]', "there is no place /a/b"],
  ['[3,"7",{', "the message is no JSON array"],
])("%s is left alone, for %s", (text, why) => {
  expect(tried(setValue, { path: "/a/b", value: 1 }, text)).toMatchObject({
    isUntouched: true,
    outcome: `not applied: ${why}`,
  });
});

test.each([{}, { path: "/a" }, { path: "a", value: 1 }, { path: "/~2", value: 1 }, { path: 1, value: 1 }])(
  "set reports the invalid settings %j",
  (plain) => {
    expect(reported(setValue, plain)).not.toEqual([]);
  },
);
