// Byte helpers: none of them writes to its input.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  concat,
  exactText,
  fromLatin1,
  hex,
  latin1,
  noBytes,
  sameBytes,
  text,
  utf8,
} from "../../src/base/bytes.js";

describe("texts", () => {
  test("UTF-8 goes there and back, a byte order mark included", () => {
    const words = "\ufeffä 漢 \u{1f50c}";
    expect(text(utf8(words))).toBe(words);
    expect(exactText(utf8(words))).toBe(words);
  });

  test.each(["ff", "c080", "eda080", "f4908080", "61e282"])("%s has a text, but no exact one", (digits) => {
    const bytes = Buffer.from(digits, "hex");
    expect(text(bytes)).toContain("\ufffd");
    expect(exactText(bytes)).toBeUndefined();
  });

  test("an exact text encodes to the very bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const exact = exactText(bytes);
        if (exact !== undefined) expect(utf8(exact)).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (words) => {
        const bytes = utf8(words);
        expect(utf8(exactText(bytes) ?? "no text")).toEqual(bytes);
      }),
    );
  });

  test("ISO 8859-1 goes there and back for every byte, and for more than fits into one call", () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i & 0xff);
    expect(fromLatin1(latin1(bytes))).toEqual(bytes);
  });
});

describe("arrays", () => {
  test("joining gives all parts in order; a single part is not copied", () => {
    const only = Uint8Array.of(1, 2);
    expect(concat([only])).toBe(only);
    expect(concat([])).toEqual(noBytes);
    expect(concat([only, noBytes, Uint8Array.of(3)])).toEqual(Uint8Array.of(1, 2, 3));
  });

  test("arrays are the same when their bytes are", () => {
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(0, 1, 2).subarray(1))).toBe(true);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
  });

  test("hexadecimal digits are lower-case, two a byte", () => {
    expect(hex(Uint8Array.of(0, 10, 255))).toBe("000aff");
  });
});
