// When a CSMS that refused an upgrade wants to be asked again: Retry-After (RFC 9110 section 10.2.3), seconds or a date.
// A date is read against the CSMS's own Date where it sent one, because its clock need not be ours.

import { fieldValue, type Head } from "../../wire/http/head.js";

/** How long to stay away, in milliseconds; undefined where the head does not say it in a way that can be read. */
export function retryAfterMs(head: Head, wallMs: number): number | undefined {
  const value = fieldValue(head, "retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Date.parse reads many things that are no dates of HTTP.
  const until = /^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const theirs = Date.parse(fieldValue(head, "date") ?? "");
  return Math.max(0, until - (Number.isNaN(theirs) ? wallMs : theirs));
}
