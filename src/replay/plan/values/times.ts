// The dates in recorded messages: which texts are dates, and how a date is shifted by a number of seconds with its own
// separators, digits and zone. No clock of the machine.
//
// Only whole seconds are added, so that the fraction and the zone keep their characters and all differences stay exact.

import { readInstant, writeInstant } from "../../../base/instant.js";

/** A date in a text. */
export interface StatedDate {
  /** Milliseconds since 1970; a date without a zone is read as UTC. */
  readonly ms: number;
  /** How many characters the date has up to its seconds; these are what a shift changes. */
  readonly length: number;
}

const longestDate = 64;

const form =
  /^(\d{4})(-?)(\d\d)\2(\d\d)([Tt ])(\d\d)(:?)(\d\d)\7(\d\d)((?:[.,]\d+)?)(Z|z|([+-]\d\d)(?::?(\d\d))?)?$/;

/** Reads a text that is a date with a time to the second; undefined for any other. */
export function dateIn(text: string): StatedDate | undefined {
  const found = text.length > longestDate ? null : form.exec(text);
  if (found === null) return undefined;
  const part = (group: number): string => found[group] ?? "";
  const fraction = part(10).slice(1, 10);
  const zone = found[12] === undefined ? "Z" : `${found[12]}:${found[13] ?? "00"}`;
  const date = `${part(1)}-${part(3)}-${part(4)}T${part(6)}:${part(8)}:${part(9)}`;
  const instant = readInstant(`${date}${fraction === "" ? "" : `.${fraction}`}${zone}`);
  if (instant === undefined) return undefined;
  return { ms: Number(instant.ns / 1_000_000n), length: text.length - part(10).length - part(11).length };
}

const fields = /^(\d{4})(-?)(\d\d)-?(\d\d)([Tt ])(\d\d)(:?)(\d\d):?(\d\d)$/;

/** A date, given up to its seconds, shifted by this many seconds, with its own separators. */
export function shiftedDate(date: string, seconds: number): string {
  const [, year = "", dash = "", month = "", day = "", between = "", hour = "", colon = "", minute, second] =
    fields.exec(date) ?? [];
  const before = readInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const now = before === undefined ? undefined : before.ns + BigInt(seconds) * 1_000_000_000n;
  // A year outside of 0001 to 9999 does not fit into four digits.
  if (now === undefined || now < firstYear || now >= lastYear) return date;
  const [, y, m, d, h, min, s] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(writeInstant(now)) ?? [];
  return `${y}${dash}${m}${dash}${d}${between}${h}${colon}${min}${colon}${s}`;
}

const firstYear = readInstant("0001-01-01T00:00:00Z")?.ns ?? 0n;
const lastYear = (readInstant("9999-12-31T23:59:59Z")?.ns ?? 0n) + 1n;

/** A time in the style of another date: its separators, its number of digits, its zone. */
export function dateLike(sample: string, ms: number): string {
  const date = dateIn(sample);
  if (date === undefined) return `${writeInstant(BigInt(Math.floor(ms)) * 1_000_000n).slice(0, 19)}Z`;
  const head = sample.slice(0, date.length);
  const rest = sample.slice(date.length);
  const digits = /^[.,](\d+)/.exec(rest)?.[1] ?? "";
  const fraction = String(((Math.floor(ms) % 1000) + 1000) % 1000).padStart(3, "0");
  const shown = fraction.padEnd(digits.length, "0").slice(0, digits.length);
  const seconds = Math.floor(ms / 1000) - Math.floor(date.ms / 1000);
  const mark = digits === "" ? "" : rest.slice(0, 1);
  return `${shiftedDate(head, seconds)}${mark}${shown}${rest.slice(mark.length + digits.length)}`;
}

const httpForm = /^[A-Za-z]{3}, (\d\d) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/;

/** Reads the Date field of an HTTP response (RFC 9110 section 5.6.7) into milliseconds since 1970. */
export function httpDateMs(text: string): number | undefined {
  const [, day, month, year, time] = httpForm.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const instant = readInstant(`${month} ${day} ${year} ${time} GMT`);
  return instant === undefined ? undefined : Number(instant.ns / 1_000_000n);
}
