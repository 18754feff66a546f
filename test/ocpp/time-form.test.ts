// How times are written.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isUtcTime, timeFormOf } from "../../src/ocpp/time-form.js";

test.each([
  ["2024-02-29T23:59:59Z", "utc"],
  ["2024-02-29t23:59:60z", "utc"],
  ["2024-12-31T23:59:59.1234567Z", "utc"],
  ["2024-01-01T00:00:00-00:00", "utc"],
  ["2024-01-01T00:00:00+05:30", "offset"],
  ["2024-01-01T00:00:00", "no-zone"],
  ["2024-01-01T00:00:00.5", "no-zone"],
  ["2024-01-01T00:00:00+03", "short-zone"],
  ["2024-01-01T00:00:00+0300", "short-zone"],
  ["2023-03-29 09:22:58", "blank-for-t"],
  ["2023-02-29T00:00:00Z", "malformed"],
  ["1900-02-29T00:00:00Z", "malformed"],
  ["2024-13-01T00:00:00Z", "malformed"],
  ["2024-04-31T00:00:00Z", "malformed"],
  ["2024-01-01T24:00:00Z", "malformed"],
  ["2024-01-01T00:60:00Z", "malformed"],
  ["2024-01-01T00:00:00+24:00", "malformed"],
  ["2022-10-04T15:05:486Z", "malformed"],
  ["0000-00-00T00:00:00.000Z", "malformed"],
  ["2024-01-01", "other-iso"],
  ["2024-01-01T00:00Z", "other-iso"],
  ["20240101T000000Z", "other-iso"],
  ["2024-01-01T00:00:00,5+01:00", "other-iso"],
  ["2024-02-30T00:00Z", "malformed"],
  ["", "malformed"],
  [`2024-01-01T00:00:00.${"0".repeat(100)}Z`, "malformed"],
])("%s is %s", (text, form) => {
  expect(timeFormOf(text)).toBe(form);
  expect(isUtcTime(text)).toBe(form === "utc");
});

test("every time that a Date writes is in UTC", () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date("0000-01-01T00:00:00Z"),
        max: new Date("9999-12-31T23:59:59Z"),
        noInvalidDate: true,
      }),
      (date) => isUtcTime(date.toISOString()),
    ),
  );
});
