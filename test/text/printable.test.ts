// Charger-supplied text for a terminal.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonLine, printable } from "../../src/text/printable.js";

describe("printable", () => {
  test.each([
    ["\x1b[31mred", "\\u001b[31mred"],
    ["a\r\nb\tc", "a\\r\\nb\\tc"],
    ["\x07\x08\x7f\x9b", "\\u0007\\u0008\\u007f\\u009b"],
    ["\u202eabc\u2066\u200b\ufeff", "\\u202eabc\\u2066\\u200b\\ufeff"],
    ["\ud800x\udc00", "\\ud800x\\udc00"],
    ["Säule \u{1f50c} 漢", "Säule \u{1f50c} 漢"],
  ])("%j is shown as %s", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test("long texts are cut, and it shows", () => {
    expect(printable("abcdef", 3)).toBe("abc…");
    expect(printable("abc", 3)).toBe("abc");
  });

  test("no control character is left of any text", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 40 }), (units) => {
        const text = String.fromCharCode(...units);
        expect([...printable(text)].every((c) => c >= " " && !(c >= "\x7f" && c <= "\x9f"))).toBe(true);
      }),
    );
  });
});

test("a line of JSON holds nothing that a terminal obeys, and reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const line = jsonLine({ value, text, hostile: "\u009b31m\u007f\u202e\u2028\u001b[2J" });
      expect(line).toBe(printable(line));
      expect(JSON.parse(line)).toEqual(
        JSON.parse(JSON.stringify({ value, text, hostile: "\u009b31m\u007f\u202e\u2028\u001b[2J" })),
      );
    }),
  );
});
