// Dates in messages, and shifted dates.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateIn, dateLike, httpDateMs, shiftedDate } from "../../../../src/replay/plan/values/times.js";

const moved = (text: string, seconds: number): string => {
  const date = dateIn(text);
  return date === undefined
    ? "none"
    : shiftedDate(text.slice(0, date.length), seconds) + text.slice(date.length);
};

describe("a date", () => {
  test.each([
    ["2024-02-28T23:59:59Z", "2024-02-29T00:00:00Z"],
    ["2024-12-31T23:59:59.123456+03:00", "2025-01-01T00:00:00.123456+03:00"],
    ["2024-12-31 23:59:59.5+0300", "2025-01-01 00:00:00.5+0300"],
    ["2024-12-31t23:59:59,50z", "2025-01-01t00:00:00,50z"],
    ["2024-12-31T23:59:59", "2025-01-01T00:00:00"],
    ["20241231T235959Z", "20250101T000000Z"],
  ])("a shifted date keeps its style: %s", (text, later) => {
    expect(moved(text, 1)).toBe(later);
  });

  test.each(["2024-12-31", "2024-12-31T23:59", "2024-13-01T00:00:00Z", "now", "2024-12-31T23:59:59Zx", ""])(
    "is none: %s",
    (text) => expect(dateIn(text)).toBeUndefined(),
  );

  test("the zone of a date counts", () => {
    const ms = Date.parse("2024-06-01T10:00:00.250Z");
    for (const text of ["2024-06-01T10:00:00.250Z", "2024-06-01T13:00:00.25+03", "2024-06-01T10:00:00.25"])
      expect(dateIn(text)?.ms).toBe(ms);
  });

  test("a date that is shifted by some seconds differs by exactly these", () => {
    const instant = fc.date({
      min: new Date("1990-01-01T00:00:00Z"),
      max: new Date("2090-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: -1e9, max: 1e9 }), (date, seconds) => {
        const later = moved(date.toISOString(), seconds);
        expect(later).toBe(new Date(date.getTime() + seconds * 1000).toISOString());
      }),
    );
  });

  test("a date stays if its shifted year does not fit into four digits", () => {
    expect(moved("9999-12-31T23:59:59Z", 1)).toBe("9999-12-31T23:59:59Z");
  });
});

test("a time is written in the style of another date", () => {
  const ms = Date.parse("2024-06-01T10:00:00.256Z");
  expect(dateLike("2020-01-01T00:00:00Z", ms)).toBe("2024-06-01T10:00:00Z");
  expect(dateLike("2020-01-01T00:00:00.1+02:00", ms)).toBe("2024-06-01T12:00:00.2+02:00");
  expect(dateLike("2020-01-01 00:00:00.123456", ms)).toBe("2024-06-01 10:00:00.256000");
  expect(dateLike("", ms)).toBe("2024-06-01T10:00:00Z");
});

test("the date of an HTTP head is read", () => {
  expect(httpDateMs("Sun, 06 Nov 1994 08:49:37 GMT")).toBe(Date.parse("1994-11-06T08:49:37Z"));
  expect(httpDateMs("yesterday")).toBeUndefined();
});
