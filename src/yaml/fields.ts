// The settings of faults as tables: what a key is called, what may stand there, what it means, and what it is when
// it is left out. One table gives the reader, the JSON Schema for editors and the reference, so that they agree.

import { readDuration } from "../base/duration.js";
import {
  type Bounds,
  type Report,
  readBoolean,
  readInteger,
  readMap,
  readNumber,
  readText,
  readWord,
  show,
  type Value,
} from "./value.js";

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One setting. */
export interface Field<Type> {
  readonly read: (value: Value, what: string, report: Report) => Type | undefined;
  readonly schema: JsonSchema;
  /** What may stand there, in words: `a duration of at most 24h`. */
  readonly takes: string;
  /** What it is for, in a sentence without a full stop. */
  readonly meaning: string;
  /** What it is when it is left out; `required` where it must not be. */
  readonly fallback: { readonly value: Type } | "required";
}

/** A table of settings, one field a key. */
export type Fields<Settings> = { readonly [Key in keyof Settings]-?: Field<Settings[Key]> };

/** How a table is read from a value that is no map: `delay: 200ms` stands for `delay: { ms: 200ms }`. */
export type ShortForm<Settings> = (keyof Settings & string) | undefined;

const longest = 24 * 60 * 60 * 1000;

type Fallback<Type> = { readonly value: Type } | "required";

const fallbackOf = <Type>(given: readonly [] | readonly [Type]): Fallback<Type> =>
  given.length === 0 ? "required" : { value: given[0] as Type };

/** A duration in milliseconds; a bare number counts milliseconds. Without a fallback it must be said. */
export function duration<Type extends number | undefined = number>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Field<number | Type> {
  return {
    read: readTime,
    schema: { oneOf: [{ type: "integer", minimum: 0, maximum: longest }, durationText] },
    takes: "a duration like 200ms, 3s or 5m, or milliseconds, 24h at most",
    meaning,
    fallback: fallbackOf<number | Type>(fallback),
  };
}

const durationText: JsonSchema = { type: "string", pattern: "^[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h)$" };

const readTime = (value: Value, what: string, report: Report): number | undefined => {
  if (value.kind === "scalar" && typeof value.value === "string") {
    const ms = readDuration(value.value);
    if (ms !== undefined && ms <= longest) return ms;
    const must = `${what} must be a duration of at most 24h like 200ms, 3s or 5m`;
    report(value.where, "duration", `${must}, found ${show(value)}`);
    return undefined;
  }
  return readInteger(value, what, { min: 0, max: longest }, report);
};

/** A whole number within bounds. */
export function integer<Type extends number | undefined = number>(
  meaning: string,
  bounds: Bounds,
  ...fallback: readonly [] | readonly [Type]
): Field<number | Type> {
  return {
    read: (value, what, report) => readInteger(value, what, bounds, report),
    schema: { type: "integer", minimum: bounds.min, maximum: bounds.max },
    takes: `a whole number from ${bounds.min} to ${bounds.max}`,
    meaning,
    fallback: fallbackOf<number | Type>(fallback),
  };
}

/** A number within bounds. */
export function number<Type extends number | undefined = number>(
  meaning: string,
  bounds: Bounds,
  ...fallback: readonly [] | readonly [Type]
): Field<number | Type> {
  return {
    read: (value, what, report) => readNumber(value, what, bounds, report),
    schema: { type: "number", minimum: bounds.min, maximum: bounds.max },
    takes: `a number from ${bounds.min} to ${bounds.max}`,
    meaning,
    fallback: fallbackOf<number | Type>(fallback),
  };
}

/** One of a few words. */
export function word<Word extends string, Type extends Word | undefined = Word>(
  meaning: string,
  words: readonly Word[],
  ...fallback: readonly [] | readonly [Type]
): Field<Word | Type> {
  return {
    read: (value, what, report) => readWord(value, what, words, report),
    schema: { enum: words },
    takes: words.join(", "),
    meaning,
    fallback: fallbackOf<Word | Type>(fallback),
  };
}

/** True or false; false unless it is said. */
export function flag(meaning: string, fallback = false): Field<boolean> {
  return {
    read: readBoolean,
    schema: { type: "boolean" },
    takes: "true or false",
    meaning,
    fallback: { value: fallback },
  };
}

/** A text that is not empty. */
export function text<Type extends string | undefined = string>(
  meaning: string,
  ...fallback: readonly [] | readonly [Type]
): Field<string | Type> {
  return {
    read: readText,
    schema: { type: ["string", "number"] },
    takes: "a text",
    meaning,
    fallback: fallbackOf<string | Type>(fallback),
  };
}

/** Reads a table of settings; undefined where a key is missing or wrong, everything wrong being reported. */
export function readFields<Settings extends object>(
  fields: Fields<Settings>,
  short: ShortForm<Settings>,
  value: Value,
  what: string,
  report: Report,
): Settings | undefined {
  if (short !== undefined && value.kind !== "map") {
    const field = fields[short];
    const read = field.read(value, what, report);
    if (read === undefined) return undefined;
    return withFallbacks(fields, { [short]: read } as Partial<Settings>, value, what, report);
  }
  const members = readMap(value, what, Object.keys(fields), report);
  if (members === undefined) return undefined;
  const settings: Partial<Settings> = {};
  let isWhole = true;
  for (const key of Object.keys(fields) as (keyof Settings & string)[]) {
    const member = members.get(key);
    if (member === undefined) continue;
    const read = fields[key].read(member.value, key, report);
    if (read === undefined) isWhole = false;
    else settings[key] = read;
  }
  return isWhole ? withFallbacks(fields, settings, value, what, report) : undefined;
}

const withFallbacks = <Settings extends object>(
  fields: Fields<Settings>,
  read: Partial<Settings>,
  value: Value,
  what: string,
  report: Report,
): Settings | undefined => {
  const settings: Partial<Settings> = { ...read };
  let isWhole = true;
  for (const key of Object.keys(fields) as (keyof Settings & string)[]) {
    if (settings[key] !== undefined) continue;
    const { fallback, takes } = fields[key];
    if (fallback !== "required") settings[key] = fallback.value;
    else {
      isWhole = false;
      report(value.where, "missing-key", `${what} must say ${key}: ${takes}`);
    }
  }
  return isWhole ? (settings as Settings) : undefined;
};

/** The JSON Schema of a table of settings. */
export function schemaOfFields<Settings extends object>(
  fields: Fields<Settings>,
  short: ShortForm<Settings>,
): JsonSchema {
  const keys = Object.keys(fields) as (keyof Settings & string)[];
  const required = keys.filter((key) => fields[key].fallback === "required");
  const map: JsonSchema = {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      keys.map((key) => [key, { ...fields[key].schema, description: fields[key].meaning }]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
  const others: JsonSchema[] = [];
  if (required.every((key) => key === short)) {
    if (short !== undefined) others.push(fields[short].schema);
    if (required.length === 0) others.push({ type: "null" });
  }
  return others.length === 0 ? map : { anyOf: [map, ...others] };
}

/** What is told about one setting. */
export interface FieldFacts {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly takes: string;
  readonly meaning: string;
  /** Undefined where it must be said. */
  readonly fallback: { readonly value: unknown } | undefined;
}

/** The settings of a table in their order. */
export function factsOfFields<Settings extends object>(fields: Fields<Settings>): readonly FieldFacts[] {
  return (Object.keys(fields) as (keyof Settings & string)[]).map((key) => {
    const { schema, takes, meaning, fallback } = fields[key];
    return { key, schema, takes, meaning, fallback: fallback === "required" ? undefined : fallback };
  });
}
