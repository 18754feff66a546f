// Points in time as nanoseconds since 1970 and as text, for the pure rooms, which have no calendar. Reads the notations
// that logs of charge points and backends use; a text without an offset is read as UTC.

import { dateOfDays, daysOfDate } from "./calendar.js";

/** A point in time in a log. */
export interface Instant {
  /** Nanoseconds since 1970-01-01T00:00:00Z; since the beginning of an unknown day or year if the text has no date. */
  readonly ns: bigint;
  /** Whether the text has the day and the year. */
  readonly dated: boolean;
}

const secondNs = 1_000_000_000n;
const dayNs = 86_400n * secondNs;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const pattern =
  /^(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ,]+|([a-z]{3})[a-z]*\.? +(\d{1,2}),?(?: +(\d{4}))? +)?(\d{1,2}):(\d{2}):(\d{2})(?:[.,:](\d{1,9}))?\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))?$/i;

const isDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Reads a point in time; undefined if the text is none. */
export function readInstant(text: string): Instant | undefined {
  const found = pattern.exec(text.trim());
  if (found === null) return undefined;
  const [
    ,
    y,
    m,
    d,
    name,
    day,
    nameYear,
    hour,
    minute,
    second,
    fraction = "",
    ,
    sign,
    offsetHour,
    offsetMinute,
  ] = found;
  const year = y ?? nameYear;
  const month = name === undefined ? Number(m ?? 1) : months.indexOf(name.toLowerCase()) + 1;
  const dayOfMonth = Number(d ?? day ?? 1);
  if (!isDate(month, dayOfMonth) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60)
    return undefined;
  // A leap year is used if the year is missing.
  const days =
    y === undefined && name === undefined ? 0 : daysOfDate([Number(year ?? 2000), month, dayOfMonth]);
  const offset = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * (sign === "-" ? -1 : 1);
  const seconds = Number(hour) * 3600 + (Number(minute) - offset) * 60 + Number(second);
  const ns = BigInt(days) * dayNs + BigInt(seconds) * secondNs + BigInt(fraction.padEnd(9, "0"));
  return { ns, dated: year !== undefined };
}

/** Reads a point in time that a log has as a number: seconds since 1970, or milliseconds if it is too large for those. */
export function readEpoch(value: number): Instant | undefined {
  if (!Number.isFinite(value) || value < 0 || value > 1e15) return undefined;
  return { ns: BigInt(Math.round(value > 1e11 ? value * 1000 : value * 1e6)) * 1000n, dated: true };
}

const digits = (value: number | bigint, width: number): string => String(value).padStart(width, "0");

/** The point in time in ISO 8601, UTC, with as many digits of the second as it has, at least three. */
export function writeInstant(ns: bigint): string {
  const days = ns >= 0n ? ns / dayNs : (ns - dayNs + 1n) / dayNs;
  const rest = ns - days * dayNs;
  const seconds = Number(rest / secondNs);
  const [year, month, day] = dateOfDays(Number(days));
  const fraction = digits(rest % secondNs, 9).replace(/0{1,6}$/, "");
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    digits(part, 2),
  );
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${time.join(":")}.${fraction.padEnd(3, "0")}Z`;
}

/** Whether a text is a date-time of RFC 3339 with an offset, which JSON schemas call `date-time`. */
export function isDateTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i.test(text) &&
    readInstant(text) !== undefined
  );
}
