// Retry-After (RFC 9110 section 10.2.3): when to ask a CSMS again that refused an upgrade, in seconds or as a date. A date is
// compared with the CSMS's own Date header if there is one, because its clock may differ from this machine's.

import { fieldValue, type Head } from "../../wire/http/head.js";

/** How long to wait, in milliseconds; undefined if the head does not say it, or not in a valid form. */
export function retryAfterMs(head: Head, wallMs: number): number | undefined {
  const value = fieldValue(head, "retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Date.parse accepts many texts that are not HTTP dates.
  const until = /^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const theirs = Date.parse(fieldValue(head, "date") ?? "");
  return Math.max(0, until - (Number.isNaN(theirs) ? wallMs : theirs));
}
