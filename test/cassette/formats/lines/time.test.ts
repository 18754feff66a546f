// The times of logs.
import { expect, test } from "vitest";
import { writeInstant } from "../../../../src/base/instant.js";
import { dateOrderOf, readLogTime } from "../../../../src/cassette/formats/lines/time.js";

test.each([
  ["2026-03-01T12:14:42,984", "2026-03-01T12:14:42.984Z"],
  ["2026/03/01 12:14:42", "2026-03-01T12:14:42.000Z"],
  ["2026-03-01 12:14:42+03", "2026-03-01T09:14:42.000Z"],
  ["01.03.2026 12:14", "2026-03-01T12:14:00.000Z"],
  ["3/1/2026, 2:14:42 PM", "2026-03-01T14:14:42.000Z"],
  ["3/1/2026 12:14:42 AM", "2026-03-01T00:14:42.000Z"],
  ["1772367282", "2026-03-01T12:14:42.000Z"],
  ["1772367282.5", "2026-03-01T12:14:42.500Z"],
  ["1772367282984", "2026-03-01T12:14:42.984Z"],
  ["1772367282984123", "2026-03-01T12:14:42.984123Z"],
  ["1772367282984123456", "2026-03-01T12:14:42.984123456Z"],
])("%s is read", (text, moment) => {
  const order = dateOrderOf([text]);
  expect(writeInstant(readLogTime(text, { order, zone: undefined })?.ns ?? 0n)).toBe(moment);
});

test("a zone counts where the time has none", () => {
  const form = { order: "day-first", zone: "+05:30" } as const;
  expect(writeInstant(readLogTime("2026-03-01 12:00:00", form)?.ns ?? 0n)).toBe("2026-03-01T06:30:00.000Z");
  expect(writeInstant(readLogTime("2026-03-01 12:00:00Z", form)?.ns ?? 0n)).toBe("2026-03-01T12:00:00.000Z");
  expect(readLogTime("12:00:00", form)).toEqual({ ns: 43_200_000_000_000n, dated: false });
});

test("a number above 12 tells days from months", () => {
  expect(dateOrderOf(["1/2/2026 1:00", "13/2/2026 1:00"])).toBe("day-first");
  expect(dateOrderOf(["1/2/2026 1:00", "2/13/2026 1:00"])).toBe("month-first");
  expect(dateOrderOf(["1.2.2026 1:00"])).toBe("day-first");
  expect(dateOrderOf(["1/2/2026 1:00"])).toBe("month-first");
});

test.each(["", "soon", "99:99:99", "2026-13-01T00:00:00Z", "x".repeat(10_000)])("%s is no time", (text) => {
  expect(readLogTime(text, { order: "day-first", zone: undefined })).toBeUndefined();
});
