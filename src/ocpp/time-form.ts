// How a point in time is written: RFC 3339 in UTC, or one of the ways that chargers and backends write
// instead (OCPP 1.6 "Time notations": ISO 8601; the OCA schemas say `date-time`, which is RFC 3339).

/** How a time is written; `malformed` is no time at all. */
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

/** What ISO 8601 has besides: dates alone, no seconds, no separators, a comma for the point. */
const iso = /^(\d{4})-?(\d\d)-?(\d\d)(?:T\d\d(?::?\d\d(?::?\d\d)?)?(?:[.,]\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isDay = (year: number, month: number, day: number): boolean => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day >= 1 && day <= (month === 2 && !isLeap ? 28 : (lengths[month - 1] ?? 0));
};

/** How this text writes a point in time. */
export function timeFormOf(text: string): TimeForm {
  // A time of more characters than these is none; the limit keeps the expression from long texts.
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

/** Whether this is RFC 3339 in UTC. */
export function isUtcTime(text: string): boolean {
  return usual.test(text) || timeFormOf(text) === "utc";
}
