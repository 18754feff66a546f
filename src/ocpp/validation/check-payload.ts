// Checks a payload against its schema: turns the errors of ajv into broken rules with their places in the text. Values that
// the text does not show clearly (a member without a value, for example) are unknown and break no rule.

import { nearest } from "../../text/nearest.js";
import { readPointer, writePointer } from "../json/pointer.js";
import type { JsonNode } from "../json/tree.js";
import { type Demand, type PayloadCheck, payloadCheck, type SchemaError } from "../schema/compile-schema.js";
import { type JsonSchema, type PayloadRole, resolved, schemaOf } from "../schema/schemas.js";
import { type TimeForm, timeFormOf } from "../time-form.js";
import type { OcppVersion } from "../version.js";
import type { Breach } from "./check-envelope.js";
import type { RuleCode } from "./validation-rules.js";

/** The payload to check, and its place. */
export interface PayloadCase {
  readonly version: OcppVersion;
  readonly action: string;
  readonly role: PayloadRole;
  readonly demand: Demand;
  /** The pointer to the payload from the root of the frame. */
  readonly base: string;
}

/** What is wrong with a payload. */
export interface CheckedPayload {
  readonly breaches: readonly Breach[];
  /** Whether there may be more, which are not listed to bound the memory. */
  readonly isPartial: boolean;
}

/** Above this number of values, only the first broken rule is found. */
const mostValues = 500_000;

/** The most broken rules that are listed. */
const mostErrors = 10_000;

const nothing: CheckedPayload = { breaches: [], isPartial: false };

/** Checks a payload of a tree with `size` values. A payload without a schema breaks no rule. */
export function checkPayload(payload: JsonNode, size: number, which: PayloadCase): CheckedPayload {
  const { version, action, role, demand } = which;
  const isLarge = size > mostValues;
  const check: PayloadCheck | undefined = payloadCheck(
    version,
    action,
    role,
    demand,
    isLarge ? "first" : "all",
  );
  if (check === undefined || payload.value === undefined) return nothing;
  const errors = check(payload.value);
  if (errors.length === 0) return nothing;
  const schema = schemaOf(version, action, role) ?? {};
  const found = errors
    .slice(0, mostErrors)
    .map((error) => breachOf(error, payload, which.base, schema))
    .filter((breach) => breach !== undefined);
  return { breaches: withoutEchoes(found), isPartial: isLarge || errors.length > mostErrors };
}

/** Without further rules for a value of the wrong type (its enumeration, for example), which add no information. */
const withoutEchoes = (breaches: readonly Breach[]): readonly Breach[] => {
  const isOfType = (code: RuleCode): boolean => code === "wrong-type" || code === "null-member";
  const mistyped = new Set(breaches.filter(({ code }) => isOfType(code)).map(({ pointer }) => pointer));
  return breaches.filter(({ code, pointer }) => isOfType(code) || !mistyped.has(pointer));
};

interface Found {
  readonly node: JsonNode;
  readonly parent: JsonNode | undefined;
  readonly steps: readonly string[];
}

const locate = (payload: JsonNode, pointer: string): Found | undefined => {
  const steps = readPointer(pointer) ?? [];
  let node: JsonNode | undefined = payload;
  let parent: JsonNode | undefined;
  for (const step of steps) {
    parent = node;
    node = node?.items === undefined ? node?.member(step)?.node : node.items[Number(step)];
  }
  return node === undefined ? undefined : { node, parent, steps };
};

function breachOf(
  error: SchemaError,
  payload: JsonNode,
  base: string,
  schema: JsonSchema,
): Breach | undefined {
  const found = locate(payload, error.instancePath);
  if (found === undefined || found.node.value === undefined) return undefined;
  const { node, steps } = found;
  const pointer = base + error.instancePath;
  if (error.keyword === "required") return missing(node, pointer, String(error.params.missingProperty));
  if (error.keyword === "additionalProperties") {
    return unknown(node, pointer, String(error.params.additionalProperty), membersAt(schema, steps));
  }
  const { code, expected } = valueBreach(error, found, schema);
  return { code, pointer, start: node.start, end: node.end, expected };
}

const missing = (node: JsonNode, pointer: string, name: string): Breach | undefined => {
  // The member is there without a valid value; the text has its own finding for that.
  if (node.member(name) !== undefined) return undefined;
  const place = pointer + writePointer([name]);
  return { code: "missing-member", pointer: place, start: node.start, end: node.end, expected: name };
};

const unknown = (
  node: JsonNode,
  pointer: string,
  name: string,
  known: readonly string[],
): Breach | undefined => {
  const member = node.member(name);
  if (member === undefined) return undefined;
  const { ordinal, keyStart } = member;
  const before = node.members?.[ordinal - 1];
  const after = node.members?.[ordinal + 1];
  // With its comma, so that the text without this span is valid.
  const start = before?.node.end ?? keyStart;
  const end = before === undefined ? (after?.keyStart ?? member.node.end) : member.node.end;
  const guess = nearest(name, known);
  const expected = guess === undefined || node.member(guess) !== undefined ? "no such member" : guess;
  return { code: "unknown-member", pointer: pointer + writePointer([name]), start, end, expected };
};

/** The schema of the value on this path. */
const schemaAt = (root: JsonSchema, steps: readonly string[]): JsonSchema =>
  steps.reduce((schema, step) => {
    const part = schema.items ?? schema.properties?.[step] ?? {};
    return resolved(root, part);
  }, root);

const membersAt = (root: JsonSchema, steps: readonly string[]): readonly string[] =>
  Object.keys(schemaAt(root, steps).properties ?? {});

interface Judged {
  readonly code: RuleCode;
  readonly expected: string;
}

const valueBreach = (error: SchemaError, found: Found, schema: JsonSchema): Judged => {
  const { params, keyword } = error;
  switch (keyword) {
    case "type":
      return typeBreach(String(params.type), found, schema);
    case "enum":
      return { code: "unknown-value", expected: enumExpected(found.node.value, params.allowedValues) };
    case "format":
      return params.format === "date-time"
        ? timeBreach(found.node.value)
        : { code: "not-a-uri", expected: "a URI" };
    case "multipleOf":
      return { code: "not-a-multiple", expected: `a multiple of ${params.multipleOf}` };
    default:
      return limitBreach(keyword, params.limit, schemaAt(schema, found.steps));
  }
};

const limitBreach = (keyword: string, limit: unknown, schema: JsonSchema): Judged => {
  switch (keyword) {
    case "maxLength":
      return { code: "too-long", expected: `at most ${limit} characters` };
    case "minLength":
      return { code: "empty-text", expected: "a text that is not empty" };
    case "minItems":
      return { code: "too-few", expected: `at least ${limit} items` };
    case "maxItems":
      return { code: "too-many", expected: `at most ${limit} items` };
    case "minimum":
      return schema.minimum === undefined ? short : { code: "out-of-range", expected: `at least ${limit}` };
    case "maximum":
      return schema.maximum === undefined ? short : { code: "out-of-range", expected: `at most ${limit}` };
    case "pattern":
      return { code: "not-printable-ascii", expected: "printable ASCII" };
    default:
      return { code: "wrong-type", expected: `what the schema requires (${keyword})` };
  }
};

const short: Judged = { code: "integer-not-16-bit", expected: "an integer from 0 to 65535" };

const named: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "an integer",
  boolean: "true or false",
};

const typeBreach = (type: string, { node, parent, steps }: Found, root: JsonSchema): Judged => {
  const expected = named[type] ?? type;
  if (type === "integer" && typeof node.value === "number") return { code: "not-an-integer", expected };
  if (node.value !== null || parent?.members === undefined) return { code: "wrong-type", expected };
  const required = schemaAt(root, steps.slice(0, -1)).required ?? [];
  if (required.includes(steps.at(-1) ?? "")) return { code: "wrong-type", expected };
  return { code: "null-member", expected: `${expected}, or no such member` };
};

const enumExpected = (value: unknown, allowed: unknown): string => {
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const guess = typeof value === "string" ? nearest(value, words) : undefined;
  const list = words.length > 12 ? `${words.slice(0, 12).join(", ")}, …` : words.join(", ");
  return guess === undefined ? `one of ${list}` : `${guess} or another of ${list}`;
};

const timeCodes: Readonly<Record<TimeForm, RuleCode>> = {
  malformed: "time-malformed",
  utc: "time-malformed",
  offset: "time-not-utc",
  "no-zone": "time-without-zone",
  "short-zone": "time-short-zone",
  "blank-for-t": "time-with-blank",
  "other-iso": "time-other-iso",
};

const timeBreach = (value: unknown): Judged => ({
  code: timeCodes[timeFormOf(String(value))],
  expected: "a time like 2024-01-31T12:00:00Z",
});
