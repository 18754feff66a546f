// Moments as logs spell them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDateTime, readEpoch, readInstant, writeInstant } from "../../src/base/instant.js";

describe("readInstant", () => {
  test.each([
    ["2025-01-22T18:04:39.244194Z", "2025-01-22T18:04:39.244194Z"],
    ["2025-08-28 18:23:13,194", "2025-08-28T18:23:13.194Z"],
    ["2024-05-17T09:20:43:935", "2024-05-17T09:20:43.935Z"],
    ["2025/1/2 03:04:05", "2025-01-02T03:04:05.000Z"],
    ["2026-03-01T01:00:00+02:30", "2026-02-28T22:30:00.000Z"],
    ["2026-03-01T01:00:00-0100", "2026-03-01T02:00:00.000Z"],
    ["Apr 24, 2024 12:08:26.476", "2024-04-24T12:08:26.476Z"],
    ["2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"],
  ])("reads %s", (text, written) => {
    const instant = readInstant(text);
    expect(instant?.dated).toBe(true);
    expect(writeInstant(instant?.ns ?? 0n)).toBe(written);
  });

  test("reads times without a year or a day, which tell distances only", () => {
    const [first, second] = ["Apr 24 12:08:26.476", "Apr 25 12:08:26.476"].map(readInstant);
    expect([first?.dated, (second?.ns ?? 0n) - (first?.ns ?? 0n)]).toEqual([false, 86_400_000_000_000n]);
    expect(readInstant("00:00:01.5")).toEqual({ ns: 1_500_000_000n, dated: false });
  });

  test.each([
    "",
    "yesterday",
    "2025-13-01T00:00:00Z",
    "2025-01-01",
    "2025-01-01T24:00:00Z",
    "Foo 1 00:00:00",
    "2025-00-10 00:00:00",
  ])("reads nothing from %j", (text) => {
    expect(readInstant(text)).toBeUndefined();
  });

  test("agrees with the calendar of the engine", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString();
          const instant = readInstant(text);
          expect(instant?.ns).toBe(BigInt(date.getTime()) * 1_000_000n);
          expect(writeInstant(instant?.ns ?? 0n)).toBe(text);
        },
      ),
    );
  });
});

describe("readEpoch", () => {
  test("reads seconds, and milliseconds where the number is too large for those", () => {
    expect(readEpoch(1.5)).toEqual({ ns: 1_500_000_000n, dated: true });
    expect(readEpoch(1_700_000_000_001)).toEqual({ ns: 1_700_000_000_001_000_000n, dated: true });
    expect([Number.NaN, -1, 1e300].map(readEpoch)).toEqual([undefined, undefined, undefined]);
  });
});

describe("isDateTime", () => {
  test("wants a date, a time and an offset", () => {
    expect(["2025-01-02T03:04:05Z", "2025-01-02T03:04:05.1+01:00"].every(isDateTime)).toBe(true);
    expect(["2025-01-02 03:04:05Z", "2025-01-02T03:04:05", "2025-99-02T03:04:05Z"].some(isDateTime)).toBe(
      false,
    );
  });
});
