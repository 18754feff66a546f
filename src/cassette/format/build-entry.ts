// Plain values (of a record's body, of an NDJSON line) -> an entry, every field checked against shape.ts.
// Total: what does not fit is told in a sentence. Fields that the table does not know are passed over.

import type { Entry } from "./entry.js";
import { type Fields, type Shape, shapes } from "./shape.js";

/** A value read, or why it cannot be. */
export type Built<T> = { readonly ok: T } | { readonly why: string };

/** How the values at hand are taken apart; bodies and NDJSON lines differ in maps and bytes only. */
export interface Source<Value> {
  /** The member of a map; undefined where it is missing or the value is no map. */
  member(value: Value, name: string): Value | undefined;
  /** Whether the value is a map. */
  isMap(value: Value): boolean;
  /** The elements of an array; undefined where it is none. */
  elements(value: Value): readonly Value[] | undefined;
  /** The bytes that the value holds; undefined where it holds none. */
  bytes(value: Value): Uint8Array | undefined;
}

const expected: Readonly<Record<Shape["kind"], string>> = {
  text: "a text",
  count: "a whole number",
  number: "a number",
  bytes: "bytes",
  word: "one of its words",
  list: "a list",
  object: "a map",
  "or-null": "a value or null",
  optional: "a value",
};

const misfit = (shape: Shape): { readonly why: string } => ({ why: `is not ${expected[shape.kind]}` });

const isScalar = (value: unknown, shape: Shape): boolean => {
  switch (shape.kind) {
    case "text":
      return typeof value === "string";
    case "count":
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case "number":
      return Number.isFinite(value);
    case "word":
      return typeof value === "string" && shape.words.includes(value);
    default:
      return false;
  }
};

/** Reads a value that has this shape. */
function buildValue<Value>(source: Source<Value>, value: Value, shape: Shape): Built<unknown> {
  switch (shape.kind) {
    case "bytes": {
      const bytes = source.bytes(value);
      return bytes === undefined ? misfit(shape) : { ok: bytes };
    }
    case "list":
      return buildList(source, value, shape);
    case "object":
      return source.isMap(value) ? buildFields(source, value, shape.fields, {}) : misfit(shape);
    case "or-null":
      return value === null ? { ok: null } : buildValue(source, value, shape.of);
    case "optional":
      return buildValue(source, value, shape.of);
    default:
      return isScalar(value, shape) ? { ok: value } : misfit(shape);
  }
}

const buildList = <Value>(
  source: Source<Value>,
  value: Value,
  shape: Shape & { kind: "list" },
): Built<unknown> => {
  const elements = source.elements(value);
  if (elements === undefined) return misfit(shape);
  const out: unknown[] = [];
  for (const element of elements) {
    const built = buildValue(source, element, shape.of);
    if ("why" in built) return built;
    out.push(built.ok);
  }
  return { ok: out };
};

const buildFields = <Value>(
  source: Source<Value>,
  value: Value,
  fields: Fields,
  out: Record<string, unknown>,
): Built<Record<string, unknown>> => {
  for (const [name, shape] of Object.entries(fields)) {
    const member = source.member(value, name);
    if (member === undefined) {
      if (shape.kind === "optional") continue;
      return { why: `${name} is missing` };
    }
    const built = buildValue(source, member, shape);
    if ("why" in built) return { why: `${name} ${built.why}` };
    out[name] = built.ok;
  }
  return { ok: out };
};

/** Reads the entry of this kind that a map holds. */
export function buildEntry<Value>(source: Source<Value>, kind: Entry["kind"], map: Value): Built<Entry> {
  const built = buildFields(source, map, shapes[kind], { kind });
  return "why" in built ? built : { ok: built.ok as unknown as Entry };
}
