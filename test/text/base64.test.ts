// Base64 against the platform's codec.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../src/text/base64.js";

describe("base64", () => {
  test("agrees with the platform in both directions", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const digits = toBase64(bytes);
        expect(digits).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(digits)).toEqual(bytes);
        expect(fromBase64(digits.replace(/=+$/, ""))).toEqual(bytes);
      }),
    );
  });

  test.each(["A", "AAAAA", "AA*A", "AA A", "A===", "AA-_", "é"])("reads nothing from %j", (digits) => {
    expect(fromBase64(digits)).toBeUndefined();
  });
});
