// The notation of a point in time: RFC 3339 in UTC, or another notation that chargers and backends use (OCPP 1.6, section
// "Time notations", has ISO 8601; the OCA schemas have `date-time`, which is RFC 3339).

/** A notation of a time; `malformed` is not a time. */
export type TimeForm =
  | "utc"
  | "offset"
  | "no-zone"
  | "short-zone"
  | "blank-for-t"
  | "other-iso"
  | "malformed";

const form =
  /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:([Zz])|([+-])(\d\d)(?:(:?)(\d\d))?)?$/;

/** More forms of ISO 8601: dates without a time, no seconds, no separators, a comma before the fraction. */
const iso = /^(\d{4})-?(\d\d)-?(\d\d)(?:T\d\d(?::?\d\d(?::?\d\d)?)?(?:[.,]\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isDay = (year: number, month: number, day: number): boolean => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day >= 1 && day <= (month === 2 && !isLeap ? 28 : (lengths[month - 1] ?? 0));
};

/** The notation of this text. */
export function timeFormOf(text: string): TimeForm {
  // A longer text is not a time; the limit keeps long texts away from the regular expression.
  const parts = text.length > 64 ? null : form.exec(text);
  if (parts === null) return otherForm(text);
  const number = (group: number): number => Number(parts[group] ?? 0);
  if (!isDay(number(1), number(2), number(3))) return "malformed";
  if (number(5) > 23 || number(6) > 59 || number(7) > 60) return "malformed";
  if (parts[4] === " ") return "blank-for-t";
  if (parts[8] !== undefined) return "utc";
  if (parts[9] === undefined) return "no-zone";
  if (number(10) > 23 || number(12) > 59) return "malformed";
  if (parts[11] !== ":") return "short-zone";
  return number(10) === 0 && number(12) === 0 ? "utc" : "offset";
}

const otherForm = (text: string): TimeForm => {
  const parts = text.length > 64 ? null : iso.exec(text);
  if (parts === null) return "malformed";
  return isDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) ? "other-iso" : "malformed";
};

const usual =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** Whether this text is a time in RFC 3339 and in UTC. */
export function isUtcTime(text: string): boolean {
  return usual.test(text) || timeFormOf(text) === "utc";
}
