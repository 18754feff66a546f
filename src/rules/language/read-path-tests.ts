// Reads the tests of one value in a rule file: a plain value, or a map of tests. Every error is reported.

import { readPattern } from "../../text/pattern.js";
import {
  type IssueReporter,
  itemsOf,
  quote,
  readBoolean,
  readMap,
  readNumber,
  readText,
  show,
  type Value,
} from "../../yaml/value.js";
import type { PathTest, Plain } from "./rule-set.js";
import { instantOf } from "./value-tests.js";

/** The names of all tests; `absent: true` is `exists: false`. */
export const testNames = [
  "equals",
  "in",
  "matches",
  "exists",
  "absent",
  "gt",
  "gte",
  "lt",
  "lte",
  "before",
  "after",
] as const;

type TestName = (typeof testNames)[number];

/** Reads the tests of one value; errors call it `what`. */
export function readTests(what: string, value: Value, report: IssueReporter): readonly PathTest[] {
  if (value.kind === "scalar" && value.source !== "") return [{ kind: "equals", value: value.value }];
  const members = readMap(value, `the condition of ${what}`, testNames, report);
  if (members === undefined) return [];
  if (members.size === 0 && value.kind === "map" && value.members.length === 0) {
    const valid = testNames.join(", ");
    report(value.where, "missing-key", `the condition of ${what} is empty; valid: ${valid}`);
  }
  return testNames.flatMap((name) => {
    const member = members.get(name);
    const test = member === undefined ? undefined : readTest(name, member.value, report);
    return test === undefined ? [] : [test];
  });
}

const anyNumber = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

const readTest = (name: TestName, value: Value, report: IssueReporter): PathTest | undefined => {
  switch (name) {
    case "equals": {
      const plain = readPlain(name, value, report);
      return plain === undefined ? undefined : { kind: name, value: plain };
    }
    case "in":
      return readIn(value, report);
    case "matches":
      return readMatches(value, report);
    case "exists":
    case "absent": {
      const isSet = readBoolean(value, name, report);
      return isSet === undefined ? undefined : { kind: "exists", value: isSet === (name === "exists") };
    }
    case "before":
    case "after":
      return readInstantTest(name, value, report);
    default: {
      const bound = readNumber(value, name, anyNumber, report);
      return bound === undefined ? undefined : { kind: name, value: bound };
    }
  }
};

const readPlain = (name: string, value: Value, report: IssueReporter): Plain | undefined => {
  if (value.kind === "scalar") return value.value;
  const found = show(value);
  report(value.where, "not-a-scalar", `${name} must be a text, number, true, false or null, found ${found}`);
  return undefined;
};

const readIn = (value: Value, report: IssueReporter): PathTest | undefined => {
  const values = itemsOf(value).flatMap((item) => {
    const plain = readPlain("in", item, report);
    return plain === undefined ? [] : [plain];
  });
  if (itemsOf(value).length === 0)
    report(value.where, "empty-list", "the list of in is empty, so nothing would match");
  return { kind: "in", values };
};

const readInstantTest = (
  name: "before" | "after",
  value: Value,
  report: IssueReporter,
): PathTest | undefined => {
  const source = readText(value, name, report);
  if (source === undefined) return undefined;
  const ms = instantOf(source);
  if (ms !== undefined) return { kind: name, ms, source };
  const example = "a date with a time like 2026-03-01T08:00:00Z";
  report(value.where, "date-time", `${name} must be ${example}, found ${quote(source)}`);
  return undefined;
};

const readMatches = (value: Value, report: IssueReporter): PathTest | undefined => {
  const source = readText(value, "matches", report);
  const pattern = source === undefined ? undefined : patternOf(source, value.where, report);
  return pattern === undefined ? undefined : { kind: "matches", pattern };
};

/** Compiles a pattern. One that cannot be read is reported; the result is undefined then. */
export function patternOf(
  source: string,
  where: string,
  report: IssueReporter,
): (PathTest & { readonly kind: "matches" })["pattern"] | undefined {
  const reading = readPattern(source);
  if (reading.kind === "pattern") return reading.pattern;
  const place = `cannot be read at character ${reading.at + 1}: ${reading.message}`;
  report(where, "pattern", `the pattern ${quote(source)} ${place}`);
  return undefined;
}
