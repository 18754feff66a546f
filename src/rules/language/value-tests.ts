// Tests one value of a payload. Texts with a number compare as numbers, because measured values are texts in OCPP 1.6;
// date-times compare as instants, in any time zone.

import { readInstant } from "../../base/instant.js";
import { timeFormOf } from "../../ocpp/time-form.js";
import { matchesPattern } from "../../text/pattern.js";
import type { PathTest } from "./rule-set.js";

/** Whether all tests hold for a value, or for its absence if not `found`. */
export function testsHold(tests: readonly PathTest[], found: boolean, value: unknown): boolean {
  for (const test of tests)
    if (!(test.kind === "exists" ? test.value === found : found && holds(test, value))) return false;
  return true;
}

const holds = (test: Exclude<PathTest, { kind: "exists" }>, value: unknown): boolean => {
  switch (test.kind) {
    case "equals":
      return value === test.value;
    case "in":
      return test.values.some((one) => one === value);
    case "matches":
      return typeof value === "string" && matchesPattern(test.pattern, value);
    case "gt":
      return numberOf(value) > test.value;
    case "gte":
      return numberOf(value) >= test.value;
    case "lt":
      return numberOf(value) < test.value;
    case "lte":
      return numberOf(value) <= test.value;
    case "before":
      return instantIn(value) < test.ms;
    case "after":
      return instantIn(value) > test.ms;
  }
};

/** A number, or a text with one. Otherwise NaN, for which every comparison is false. */
const numberOf = (value: unknown): number => {
  if (typeof value === "number") return value;
  const spelled =
    typeof value === "string" && value.length <= 64 && /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(value);
  return spelled ? Number(value) : Number.NaN;
};

const instantIn = (value: unknown): number =>
  (typeof value === "string" ? instantOf(value) : undefined) ?? Number.NaN;

/** Milliseconds since 1970; undefined if the text is not a date with a time. Without a zone it is UTC. */
export function instantOf(text: string): number | undefined {
  const form = timeFormOf(text);
  if (form === "malformed") return undefined;
  // readInstant does not read a zone of hours only (+02).
  const instant = readInstant(form === "short-zone" ? text.replace(/([+-]\d\d)$/, "$1:00") : text);
  return instant?.dated === true ? Number(instant.ns / 1000n) / 1000 : undefined;
}
