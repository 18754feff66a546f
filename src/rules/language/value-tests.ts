// Questions about one value of a payload, and whether it answers them. Texts that spell numbers compare as numbers,
// because OCPP 1.6 writes measured values as texts; date-times compare as instants, whatever their zone.

import { readInstant } from "../../base/instant.js";
import { timeFormOf } from "../../ocpp/time-form.js";
import { matchesPattern } from "../../text/pattern.js";
import type { PathTest } from "./rule-set.js";

/** Whether a value, or its absence, answers all of these. */
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

/** A number, or a text that spells one; NaN compares with nothing. */
const numberOf = (value: unknown): number => {
  if (typeof value === "number") return value;
  const spelled =
    typeof value === "string" && value.length <= 64 && /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(value);
  return spelled ? Number(value) : Number.NaN;
};

const instantIn = (value: unknown): number =>
  (typeof value === "string" ? instantOf(value) : undefined) ?? Number.NaN;

/** Milliseconds since 1970; undefined where the text is no date with a time. One without a zone is taken for UTC. */
export function instantOf(text: string): number | undefined {
  const form = timeFormOf(text);
  if (form === "malformed") return undefined;
  // A zone of hours alone is one that the reader of moments does not know.
  const instant = readInstant(form === "short-zone" ? text.replace(/([+-]\d\d)$/, "$1:00") : text);
  return instant?.dated === true ? Number(instant.ns / 1000n) / 1000 : undefined;
}
