// Moments as nanoseconds since 1970 and as text, for pure code, which has no clock and no calendar. Reads the
// spellings that logs of charge points and backends use; a text without an offset is taken for UTC.

/** A moment that a log told. */
export interface Instant {
  /** Nanoseconds since 1970-01-01T00:00:00Z; where the text had no date, since the beginning of some day or year. */
  readonly ns: bigint;
  /** Whether the text said which day of which year. */
  readonly dated: boolean;
}

const secondNs = 1_000_000_000n;
const dayNs = 86_400n * secondNs;

/** Days from 1970-01-01 to a date of the Gregorian calendar (H. Hinnant's days_from_civil). */
const daysFrom = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

const dateOf = (days: number): readonly [year: number, month: number, day: number] => {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return [
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  ];
};

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const pattern =
  /^(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ,]+|([a-z]{3})[a-z]*\.? +(\d{1,2}),?(?: +(\d{4}))? +)?(\d{1,2}):(\d{2}):(\d{2})(?:[.,:](\d{1,9}))?\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))?$/i;

const isDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Reads a moment; undefined where the text is none. */
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
  // A leap year stands in where the year is missing.
  const days = y === undefined && name === undefined ? 0 : daysFrom(Number(year ?? 2000), month, dayOfMonth);
  const offset = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * (sign === "-" ? -1 : 1);
  const seconds = Number(hour) * 3600 + (Number(minute) - offset) * 60 + Number(second);
  const ns = BigInt(days) * dayNs + BigInt(seconds) * secondNs + BigInt(fraction.padEnd(9, "0"));
  return { ns, dated: year !== undefined };
}

/** Reads a moment that a log has as a number: seconds, or milliseconds where it is too large for those. */
export function readEpoch(value: number): Instant | undefined {
  if (!Number.isFinite(value) || value < 0 || value > 1e15) return undefined;
  return { ns: BigInt(Math.round(value > 1e11 ? value * 1000 : value * 1e6)) * 1000n, dated: true };
}

const digits = (value: number | bigint, width: number): string => String(value).padStart(width, "0");

/** The moment in ISO 8601, UTC, with as many digits of the second as it has, three at least. */
export function writeInstant(ns: bigint): string {
  const days = ns >= 0n ? ns / dayNs : (ns - dayNs + 1n) / dayNs;
  const rest = ns - days * dayNs;
  const seconds = Number(rest / secondNs);
  const [year, month, day] = dateOf(Number(days));
  const fraction = digits(rest % secondNs, 9).replace(/0{1,6}$/, "");
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    digits(part, 2),
  );
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${time.join(":")}.${fraction.padEnd(3, "0")}Z`;
}

/** Whether a text is a date-time of RFC 3339 with an offset, as JSON schemas ask for. */
export function isDateTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i.test(text) &&
    readInstant(text) !== undefined
  );
}
