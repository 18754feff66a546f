// Base64 against the platform's codec.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../src/text/base64.js";

describe("base64", () => {
  test("agrees with the platform in both directions", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
        const digits = toBase64(octets);
        expect(digits).toBe(Buffer.from(octets).toString("base64"));
        expect(fromBase64(digits)).toEqual(octets);
        expect(fromBase64(digits.replace(/=+$/, ""))).toEqual(octets);
      }),
    );
  });

  test.each(["A", "AAAAA", "AA*A", "AA A", "A===", "AA-_", "é"])("reads nothing from %j", (digits) => {
    expect(fromBase64(digits)).toBeUndefined();
  });
});
