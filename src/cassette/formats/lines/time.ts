// The times of logs that instant.ts does not know by itself: numbers since 1970 in four units, dates that begin
// with the day or the month, hours of a twelve-hour clock, offsets of hours only, a zone for times without any.

import { type Instant, readEpoch, readInstant } from "../../../base/instant.js";

/** How dates of three numbers are read that do not begin with the year. */
export type DateOrder = "day-first" | "month-first";

/** How the times of a log are read. */
export interface TimeForm {
  readonly order: DateOrder;
  /** The offset of times that have none. */
  readonly zone: string | undefined;
}

const numbers = /^\d{9,19}(?:\.\d{1,9})?$/;
const turned = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})[T ,]+(.*)$/;
const twelveHours = /^(.*?)(\d{1,2})(:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s*([ap])\.?m\.?(.*)$/i;
const hoursOnly = /(:\d{2}(?:[.,]\d+)?\s*[+-]\d{2})$/;
const noSeconds = /(^|[T ])(\d{1,2}:\d{2})(?=$|\s*(?:Z|[+-]\d{2}))/;
const hasZone = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i;

const pad = (value: string | number): string => String(value).padStart(2, "0");

const readNumber = (text: string): Instant | undefined => {
  const [whole = "", fraction = ""] = text.split(".");
  // The number of digits tells the unit, for some centuries.
  if (whole.length > 17) return { ns: BigInt(whole), dated: true };
  if (whole.length > 14) return { ns: BigInt(whole) * 1000n, dated: true };
  return readEpoch(Number(fraction === "" ? whole : `${whole}.${fraction}`));
};

const yearFirst = (text: string, order: DateOrder): string => {
  const found = turned.exec(text);
  if (found === null) return text;
  const [, first = "", second = "", year = "", rest = ""] = found;
  const [month, day] = order === "day-first" ? [second, first] : [first, second];
  return `${year}-${pad(month)}-${pad(day)} ${rest}`;
};

const wholeDay = (text: string): string => {
  const found = twelveHours.exec(text);
  if (found === null) return text;
  const [, before = "", hour = "", rest = "", half = "", after = ""] = found;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return `${before}${pad(hours)}${rest}${after}`;
};

/** Reads a moment of a log; undefined where the text is none. */
export function readLogTime(text: string, { order, zone }: TimeForm): Instant | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 64) return undefined;
  if (numbers.test(trimmed)) return readNumber(trimmed);
  const plain = wholeDay(yearFirst(trimmed, order)).replace(noSeconds, "$1$2:00").replace(hoursOnly, "$1:00");
  const needsZone = zone !== undefined && /\d{4}/.test(plain) && !hasZone.test(plain);
  return readInstant(needsZone ? `${plain}${zone}` : plain);
}

/** How the dates of a log are meant: a number above 12 is no month; without one, dots mean the day first. */
export function dateOrderOf(texts: Iterable<string>): DateOrder {
  let isDotted = false;
  for (const text of texts) {
    const found = turned.exec(text.trim());
    if (found === null) continue;
    if (Number(found[1]) > 12) return "day-first";
    if (Number(found[2]) > 12) return "month-first";
    isDotted ||= text.includes(".") && text.indexOf(".") < 3;
  }
  return isDotted ? "day-first" : "month-first";
}
