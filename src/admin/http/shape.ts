// Shapes of JSON values. A shape is both the JSON Schema that the OpenAPI document shows and the check of a value that a
// request brings.

import { readDuration } from "../../base/duration.js";
import { AdminProblem, badValue } from "./problem.js";

/** A JSON Schema. */
export type OpenApiSchema = Readonly<Record<string, unknown>>;

/** The shape of a value of type T. */
export interface JsonShape<T> {
  readonly schema: OpenApiSchema;
  /** What is valid, in words. */
  readonly takes: string;
  /** Whether a value has this shape. */
  readonly matches: (value: unknown) => value is T;
  /** The shapes inside this one. */
  readonly inner: readonly JsonShape<unknown>[];
  /** Its name in the OpenAPI document, which then refers to it; undefined for a shape that is written out. */
  readonly name?: string;
}

/** The shapes of an object's members. */
type MemberShapes<T> = { readonly [K in keyof T]: JsonShape<T[K]> };

/** An object shape: its members can be checked one by one. */
export interface ObjectShape<T> extends JsonShape<T> {
  readonly members: ReadonlyMap<string, JsonShape<unknown>>;
  readonly required: readonly string[];
}

/** The schema of a shape as it stands where the shape is used. */
export function schemaOf({ name, schema }: JsonShape<unknown>): OpenApiSchema {
  return name === undefined ? schema : { $ref: `#/components/schemas/${name}` };
}

const shape = <T>(
  schema: OpenApiSchema,
  takes: string,
  matches: (value: unknown) => boolean,
  inner: readonly JsonShape<unknown>[] = [],
): JsonShape<T> => ({ schema, takes, matches: (value): value is T => matches(value), inner });

const isOfType =
  (type: string) =>
  (value: unknown): boolean =>
    typeof value === type;

/** A string of at most so many characters. */
export function text<T extends string = string>(maxLength = 10_000): JsonShape<T> {
  return shape(
    { type: "string" },
    `a text of at most ${maxLength} characters`,
    (value) => typeof value === "string" && value.length <= maxLength,
  );
}

/** A string that is one of these. */
export function oneOf<T extends string>(...words: readonly T[]): JsonShape<T> {
  return shape({ type: "string", enum: words }, words.join(" or "), (value) =>
    words.some((word) => word === value),
  );
}

/** A whole number within bounds. */
export function wholeNumber(minimum = 0, maximum: number = Number.MAX_SAFE_INTEGER): JsonShape<number> {
  const isBounded = maximum !== Number.MAX_SAFE_INTEGER;
  return shape(
    { type: "integer", minimum, ...(isBounded ? { maximum } : {}) },
    `a whole number ${isBounded ? `from ${minimum} to ${maximum}` : `of at least ${minimum}`}`,
    (value) => Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
  );
}

/** Any number. */
export const anyNumber: JsonShape<number> = shape({ type: "number" }, "a number", isOfType("number"));

/** A duration like `300ms`, `10s` or `5m`, within bounds. */
export function duration(minMs: number, maxMs: number): JsonShape<string> {
  return shape(
    { type: "string" },
    `a duration from ${minMs}ms to ${maxMs / 1000}s, like 300ms, 10s or 5m`,
    (value) => {
      const ms = typeof value === "string" ? readDuration(value) : undefined;
      return ms !== undefined && ms >= minMs && ms <= maxMs;
    },
  );
}

/** True or false. */
export const flag: JsonShape<boolean> = shape({ type: "boolean" }, "true or false", isOfType("boolean"));

/** Exactly this value. */
export function constant<const T>(value: T): JsonShape<T> {
  return shape({ const: value }, JSON.stringify(value), (found) => found === value);
}

/** A value of this shape, or null. */
export function orNull<T>({ schema, takes, matches, inner }: JsonShape<T>): JsonShape<T | null> {
  return shape(
    { ...schema, type: [schema.type, "null"] },
    `${takes}, or null`,
    (value) => value === null || matches(value),
    inner,
  );
}

/** A list of values of one shape. */
export function list<T>(item: JsonShape<T>): JsonShape<readonly T[]> {
  return shape(
    { type: "array", items: schemaOf(item) },
    `a list, each item ${item.takes}`,
    (value) => Array.isArray(value) && value.every(item.matches),
    [item],
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Any object. */
export const anyObject: JsonShape<object> = shape({ type: "object" }, "an object", isObject);

const objectOf = <T>(
  members: MemberShapes<T>,
  required: readonly string[],
  more: OpenApiSchema = { additionalProperties: false },
): ObjectShape<T> => {
  const byName = new Map(Object.entries<JsonShape<unknown>>(members));
  const properties = Object.fromEntries([...byName].map(([key, member]) => [key, schemaOf(member)]));
  const schema = { type: "object", properties, required, ...more };
  return { ...shape<T>(schema, "an object", isObject, [...byName.values()]), members: byName, required };
};

/** An object that has exactly these members. */
export function exact<T>(members: MemberShapes<T>): JsonShape<T> {
  return objectOf(members, Object.keys(members));
}

/** An object whose members may be missing, unless they are named as required, and that has no others. */
export function partial<T, Needed extends keyof T & string = never>(
  members: MemberShapes<T>,
  required: readonly Needed[] = [],
): ObjectShape<Partial<T> & Pick<T, Needed>> {
  return objectOf(members as MemberShapes<Partial<T> & Pick<T, Needed>>, required);
}

/** An object that has these members, and perhaps others. */
export function atLeast<T>(members: MemberShapes<T>): JsonShape<T> {
  return objectOf(members, Object.keys(members), {});
}

/** The same shape under a name of its own in the OpenAPI document. */
export function named<S extends JsonShape<unknown>>(name: string, unnamed: S): S {
  return { ...unnamed, name };
}

/** Checks an object that a request brings, member by member. Throws AdminProblem. */
export function readObject<T>({ members, required }: ObjectShape<T>, value: unknown): T {
  if (!isObject(value))
    throw new AdminProblem("bad-body", "the body is not a JSON object", "Send one JSON object.");
  for (const [key, found] of Object.entries(value)) {
    const member = members.get(key);
    if (member === undefined)
      throw new AdminProblem(
        "unknown-member",
        `the body has an unknown member ${JSON.stringify(key.slice(0, 60))}`,
        `Known: ${[...members.keys()].join(", ") || "none"}.`,
      );
    if (!member.matches(found)) throw badValue(key, found, member.takes);
  }
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) throw badValue(missing, undefined, members.get(missing)?.takes ?? "a value");
  return value as T;
}
