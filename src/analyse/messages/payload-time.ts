// Times inside payloads, as milliseconds since 1970. A time without a zone cannot be compared with others, so the
// result says whether the text had one.

import { readInstant } from "../../base/instant.js";
import { timeFormOf } from "../../ocpp/time-form.js";

/** A time that a payload states. */
export interface PayloadTime {
  /** Milliseconds since 1970-01-01T00:00:00Z; fractions are kept. */
  readonly epochMs: number;
  /** Whether the text has a zone. */
  readonly isZoned: boolean;
  /** Whether the text marks the time as UTC with the letter Z. */
  readonly isMarkedZ: boolean;
}

/** Reads the text of a payload as a time; undefined if it is not one. */
export function readPayloadTime(text: string | undefined): PayloadTime | undefined {
  if (text === undefined) return undefined;
  const form = timeFormOf(text);
  if (form === "malformed") return undefined;
  // readInstant does not know a zone without minutes.
  const instant = readInstant(form === "short-zone" ? text.replace(/([+-]\d\d)$/, "$1:00") : text);
  if (instant?.dated !== true) return undefined;
  const isZoned = form !== "no-zone" && (form !== "blank-for-t" || /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text));
  return { epochMs: Number(instant.ns / 1000n) / 1000, isZoned, isMarkedZ: /[Zz]$/.test(text) };
}
