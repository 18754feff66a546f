// Moves a point in time in its own notation: date and clock change; zone, separators and number of digits stay.

import { dateOfDays, daysOfDate } from "../base/calendar.js";
import { timeFormOf } from "./time-form.js";

const parts = /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(.*)$/;

/** Whether this text is a point in time with date and clock, in any zone. */
export function isPointInTime(text: string): boolean {
  const form = timeFormOf(text);
  return form !== "malformed" && form !== "other-iso";
}

/** The text moved by this many milliseconds; undefined if it is not a time, or if the result is not in the years 0 to 9999. */
export function shiftedTime(text: string, ms: number): string | undefined {
  const found = isPointInTime(text) ? parts.exec(text) : null;
  if (found === null) return undefined;
  const number = (group: number): number => Number(found[group] ?? 0);
  const fraction = found[8] ?? "";
  const scale = 10n ** BigInt(fraction.length);
  const days = daysOfDate([number(1), number(2), number(3)]);
  const seconds = days * 86_400 + number(5) * 3600 + number(6) * 60 + number(7);
  const moved = BigInt(seconds) * scale + BigInt(fraction || "0") + (BigInt(ms) * scale) / 1000n;
  const whole = Number(floorOf(moved, scale));
  const day = Math.floor(whole / 86_400);
  const date = dateText(day);
  if (date === undefined) return undefined;
  const clock = whole - day * 86_400;
  const time = [Math.floor(clock / 3600), Math.floor(clock / 60) % 60, clock % 60].map(two).join(":");
  const rest = moved - floorOf(moved, scale) * scale;
  const digits = fraction === "" ? "" : `.${String(rest).padStart(fraction.length, "0")}`;
  return `${date}${found[4]}${time}${digits}${found[9]}`;
}

const two = (value: number): string => String(value).padStart(2, "0");

const floorOf = (value: bigint, by: bigint): bigint =>
  value >= 0n ? value / by : -((-value + by - 1n) / by);

const dateText = (days: number): string | undefined => {
  const [year, month, day] = dateOfDays(days);
  return year < 0 || year > 9999 ? undefined : `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
};
