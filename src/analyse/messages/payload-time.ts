// The times inside payloads as milliseconds since 1970. Whether a text said its zone is kept, since a time
// without one can be compared with nothing.

import { readInstant } from "../../base/instant.js";
import { timeFormOf } from "../../ocpp/time-form.js";

/** A time that a payload told. */
export interface PayloadTime {
  readonly epochMs: number;
  /** Whether it said its zone. */
  readonly isZoned: boolean;
  /** Whether it said that it is in UTC by the letter Z. */
  readonly isMarkedZ: boolean;
}

/** Reads a time; undefined where the text is none. */
export function readPayloadTime(text: string | undefined): PayloadTime | undefined {
  if (text === undefined) return undefined;
  const form = timeFormOf(text);
  if (form === "malformed") return undefined;
  // A zone of hours alone is one that the reader of logs does not know.
  const instant = readInstant(form === "short-zone" ? text.replace(/([+-]\d\d)$/, "$1:00") : text);
  if (instant?.dated !== true) return undefined;
  const isZoned = form !== "no-zone" && (form !== "blank-for-t" || /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text));
  return { epochMs: Number(instant.ns / 1000n) / 1000, isZoned, isMarkedZ: /[Zz]$/.test(text) };
}
