// The calendar against that of JavaScript.
import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDays, daysOfDate } from "../../src/base/calendar.js";

const dayMs = 86_400_000;

test("the date of a day, and the day of its date, are those of JavaScript's calendar", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 3_000_000 }), (days) => {
      const date = new Date(days * dayMs);
      expect(dateOfDays(days)).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      expect(daysOfDate(dateOfDays(days))).toBe(days);
    }),
  );
});
