// One quoted text, one number.
import { describe, expect, test } from "vitest";
import { readNumber, readString } from "../../../src/ocpp/json/tokens.js";

describe("readString", () => {
  test.each([
    ['"abc"', 5, []],
    ['"a\\"b" ', 6, []],
    ['"\\\\"', 4, []],
    ['"\\u00e9\\ud83d\\ude00\u{1f600}"', 22, []],
    ['"abc', -1, []],
    ['"abc\\', -1, ["json-escape"]],
    ['"\\', -1, ["json-escape"]],
    ['"\\u"', 4, ["json-escape"]],
    ['"\t\n"', 4, ["json-control-character"]],
    ['"\\ude00\\ud83d"', 14, ["lone-surrogate", "lone-surrogate"]],
    ['"\\ud83d\ude00"', 9, ["lone-surrogate", "lone-surrogate"]],
  ])("looks through %j", (text, end, codes) => {
    const found = readString(text, 0);
    expect([found.end, found.findings.map(({ code }) => code)]).toEqual([end, codes]);
  });
});

describe("readNumber", () => {
  test.each([
    ["12,", 12, 2, undefined],
    ["-0.5e+3]", -500, 7, undefined],
    ["0", 0, 1, undefined],
    ["9007199254740991", Number.MAX_SAFE_INTEGER, 16, undefined],
    ["9007199254740992", 9007199254740992, 16, "number-too-large"],
    ["00", 0, 2, "json-number"],
    ["1.", 1, 2, "json-number"],
    ["1e", undefined, 2, "json-number"],
    ["-Infinity", undefined, 9, "json-number"],
    ["0x10", 16, 4, "json-number"],
    ["1_000", undefined, 5, "json-number"],
  ])("reads %s", (text, value, end, code) => {
    const found = readNumber(text, 0);
    expect([found.value, found.end, found.finding?.code]).toEqual([value, end, code]);
  });
});
