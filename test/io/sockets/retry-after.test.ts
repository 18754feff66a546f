// Retry-After of a refused upgrade.
import { describe, expect, test } from "vitest";
import { fromLatin1 } from "../../../src/base/bytes.js";
import { retryAfterMs } from "../../../src/io/sockets/retry-after.js";
import { parseHead } from "../../../src/wire/http/head.js";

const now = Date.parse("2026-01-01T12:00:00Z");

const waitOf = (...fields: readonly string[]): number | undefined =>
  retryAfterMs(parseHead(fromLatin1(["HTTP/1.1 503 Busy", ...fields, "", ""].join("\r\n"))), now);

describe("Retry-After", () => {
  test("Retry-After is read as seconds", () => {
    expect(waitOf("Retry-After: 3")).toBe(3000);
    expect(waitOf("retry-after:  0 ")).toBe(0);
  });

  test("Retry-After is read as a date, compared with the CSMS's own clock", () => {
    expect(waitOf("Retry-After: Thu, 01 Jan 2026 12:00:05 GMT")).toBe(5000);
    expect(waitOf("Date: Thu, 01 Jan 2026 12:00:03 GMT", "Retry-After: Thu, 01 Jan 2026 12:00:05 GMT")).toBe(
      2000,
    );
    expect(waitOf("Retry-After: Thu, 01 Jan 2026 11:00:00 GMT")).toBe(0);
  });

  test("a missing or invalid Retry-After is ignored", () => {
    expect(waitOf()).toBeUndefined();
    for (const words of ["soon", "-1", "1.5", "9999999999", "2026-01-01"])
      expect(waitOf(`Retry-After: ${words}`)).toBeUndefined();
  });
});
