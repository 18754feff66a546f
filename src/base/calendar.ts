// The Gregorian calendar for the pure rooms (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").

/** A date: the year, the month from 1 and the day from 1. */
export type CalendarDate = readonly [year: number, month: number, day: number];

const daysInEra = 146_097;
/** Days from 0000-03-01, where an era begins, to 1970-01-01. */
const daysTo1970 = 719_468;

/** The days from 1970-01-01 to a date. */
export function daysOfDate([year, month, day]: CalendarDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysInEra + dayOfEra - daysTo1970;
}

/** The date that is this many days after 1970-01-01. */
export function dateOfDays(days: number): CalendarDate {
  const z = days + daysTo1970;
  const era = Math.floor(z / daysInEra);
  const ofEra = z - era * daysInEra;
  const leapDays =
    Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / (daysInEra - 1));
  const yearOfEra = Math.floor((ofEra - leapDays) / 365);
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Counted from March.
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}
