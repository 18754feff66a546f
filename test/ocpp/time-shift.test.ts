import fc from "fast-check";
import { expect, test } from "vitest";
import { isPointInTime, shiftedTime } from "../../src/ocpp/time-shift.js";

test.each([
  ["2024-02-28T23:59:59Z", 1000, "2024-02-29T00:00:00Z"],
  ["2024-03-01T00:00:00.000+03:00", -1, "2024-02-29T23:59:59.999+03:00"],
  ["2026-01-02 03:04:05", 86_400_000, "2026-01-03 03:04:05"],
  ["2026-01-02t03:04:05.5z", 500, "2026-01-02t03:04:06.0z"],
  ["2026-01-02T03:04:05.1234567Z", 1, "2026-01-02T03:04:05.1244567Z"],
  ["2026-01-02T03:04:05Z", 999, "2026-01-02T03:04:05Z"],
  ["2016-12-31T23:59:60Z", 1000, "2017-01-01T00:00:01Z"],
])("%s moved by %i ms is %s", (text, ms, expected) => {
  expect(shiftedTime(text, ms)).toBe(expected);
});

test.each(["", "2026-13-01T00:00:00Z", "2026-01-02", "20260102T030405Z", "soon"])(
  "%j is no point in time",
  (text) => {
    expect([isPointInTime(text), shiftedTime(text, 1)]).toEqual([false, undefined]);
  },
);

test("years beyond four digits are none", () => {
  expect(shiftedTime("9999-12-31T23:59:59Z", 1000)).toBeUndefined();
  expect(shiftedTime("0000-01-01T00:00:00Z", -1000)).toBeUndefined();
});

test("agrees with the engine's own calendar", () => {
  const time = fc.date({
    min: new Date("0001-01-02T00:00:00Z"),
    max: new Date("9990-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(time, fc.integer({ min: -(10 ** 10), max: 10 ** 10 }), (from, ms) => {
      const to = new Date(from.getTime() + ms);
      fc.pre(to.getUTCFullYear() >= 0 && to.getUTCFullYear() <= 9999);
      expect(shiftedTime(from.toISOString(), ms)).toBe(to.toISOString());
    }),
  );
});
