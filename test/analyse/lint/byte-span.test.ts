import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteSpanOf } from "../../../src/analyse/lint/byte-span.js";
import { text, utf8 } from "../../../src/base/bytes.js";

const frame = '[2,"ä","Heartbeat",{"a":[1,{"b":"ö"}]}]';
const at = (pointer: string): string => {
  const { offset, length } = byteSpanOf(frame, pointer);
  return text(utf8(frame).subarray(offset, offset + length));
};

describe("the bytes of what a pointer names", () => {
  test("a pointer gives the bytes of its value", () => {
    expect(at("/1")).toBe('"ä"');
    expect(at("/3/a/1/b")).toBe('"ö"');
    expect(at("")).toBe(frame);
  });

  test("a pointer to a missing value gives the bytes of what should contain it", () => {
    expect(at("/3/a/1/c/d")).toBe('{"b":"ö"}');
  });

  test("the bytes of a pointer are inside the text, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (message, pointer) => {
        const { offset, length } = byteSpanOf(message, pointer);
        expect(offset + length).toBeLessThanOrEqual(utf8(message).length);
      }),
    );
  });
});
