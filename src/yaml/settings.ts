// Settings as a table: for each key how to read it, its JSON Schema, its meaning and its default. The reader, the JSON
// Schema for editors and the reference page all come from the same table.

import { durationPattern, readDuration } from "../base/duration.js";
import {
  type Bounds,
  type IssueReporter,
  readBoolean,
  readInteger,
  readMap,
  readNumber,
  readText,
  readWord,
  show,
  type Value,
} from "./value.js";

/** A JSON Schema or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One setting. */
export interface Setting<Type> {
  readonly read: (value: Value, what: string, report: IssueReporter) => Type | undefined;
  readonly schema: JsonSchema;
  /** The values it accepts, in words: `a duration like 200ms`. */
  readonly takes: string;
  /** What it does, in a phrase without a full stop. */
  readonly meaning: string;
  /** The default, or `required`. */
  readonly fallback: { readonly value: Type } | "required";
}

/** A table of settings: one entry for each key. */
export type SettingTable<Settings> = { readonly [Key in keyof Settings]-?: Setting<Settings[Key]> };

/** The key that a value without a map sets: with `ms`, `delay: 200ms` means `delay: { ms: 200ms }`. */
export type ShortForm<Settings> = (keyof Settings & string) | undefined;

const longestMs = 24 * 60 * 60 * 1000;

/** A setting that may be left out and then is undefined. */
export function optional<Type>(setting: Setting<Type>): Setting<Type | undefined> {
  return { ...setting, fallback: { value: undefined } };
}

/** The default of a setting; one without a default is required. */
export function fallbackOf<Type>(value: Type | undefined): Setting<Type>["fallback"] {
  return value === undefined ? "required" : { value };
}

/** A duration in milliseconds; a plain number is milliseconds. */
export function duration(meaning: string, fallback?: number): Setting<number> {
  return {
    read: readTime,
    schema: { oneOf: [{ type: "integer", minimum: 0, maximum: longestMs }, durationText] },
    takes: "a duration like 200ms, 3s or 5m, or a number of milliseconds; at most 24h",
    meaning,
    fallback: fallbackOf(fallback),
  };
}

const durationText: JsonSchema = { type: "string", pattern: `^${durationPattern}$` };

const readTime = (value: Value, what: string, report: IssueReporter): number | undefined => {
  if (value.kind === "scalar" && typeof value.value === "string") {
    const ms = readDuration(value.value);
    if (ms !== undefined && ms <= longestMs) return ms;
    const must = `${what} must be a duration of at most 24h like 200ms, 3s or 5m`;
    report(value.where, "duration", `${must}, found ${show(value)}`);
    return undefined;
  }
  return readInteger(value, what, { min: 0, max: longestMs }, report);
};

/** An integer within bounds. */
export function integer(meaning: string, bounds: Bounds, fallback?: number): Setting<number> {
  return {
    read: (value, what, report) => readInteger(value, what, bounds, report),
    schema: { type: "integer", minimum: bounds.min, maximum: bounds.max },
    takes: `a whole number from ${bounds.min} to ${bounds.max}`,
    meaning,
    fallback: fallbackOf(fallback),
  };
}

/** A number within bounds. */
export function number(meaning: string, bounds: Bounds, fallback?: number): Setting<number> {
  return {
    read: (value, what, report) => readNumber(value, what, bounds, report),
    schema: { type: "number", minimum: bounds.min, maximum: bounds.max },
    takes: `a number from ${bounds.min} to ${bounds.max}`,
    meaning,
    fallback: fallbackOf(fallback),
  };
}

/** One of several words. */
export function word<const Word extends string>(
  meaning: string,
  words: readonly Word[],
  fallback?: NoInfer<Word>,
): Setting<Word> {
  return {
    read: (value, what, report) => readWord(value, what, words, report),
    schema: { enum: words },
    takes: words.join(", "),
    meaning,
    fallback: fallbackOf(fallback),
  };
}

/** A boolean; false by default. */
export function flag(meaning: string, fallback = false): Setting<boolean> {
  return {
    read: readBoolean,
    schema: { type: "boolean" },
    takes: "true or false",
    meaning,
    fallback: { value: fallback },
  };
}

/** A string that is not empty. */
export function text(meaning: string, fallback?: string): Setting<string> {
  return {
    read: readText,
    schema: { type: ["string", "number"] },
    takes: "a string",
    meaning,
    fallback: fallbackOf(fallback),
  };
}

/** Reads the settings of a table and reports every problem. Undefined if a key is missing or wrong. */
export function readSettings<Settings extends object>(
  table: SettingTable<Settings>,
  short: ShortForm<Settings>,
  value: Value,
  what: string,
  report: IssueReporter,
): Settings | undefined {
  if (short !== undefined && value.kind !== "map") {
    const setting = table[short];
    const read = setting.read(value, what, report);
    if (read === undefined) return undefined;
    return withFallbacks(table, { [short]: read } as Partial<Settings>, value, what, report);
  }
  const members = readMap(value, what, Object.keys(table), report);
  if (members === undefined) return undefined;
  const settings: Partial<Settings> = {};
  let isWhole = true;
  for (const key of Object.keys(table) as (keyof Settings & string)[]) {
    const member = members.get(key);
    if (member === undefined) continue;
    const read = table[key].read(member.value, key, report);
    if (read === undefined) isWhole = false;
    else settings[key] = read;
  }
  return isWhole ? withFallbacks(table, settings, value, what, report) : undefined;
}

const withFallbacks = <Settings extends object>(
  table: SettingTable<Settings>,
  read: Partial<Settings>,
  value: Value,
  what: string,
  report: IssueReporter,
): Settings | undefined => {
  const settings: Partial<Settings> = { ...read };
  let isWhole = true;
  for (const key of Object.keys(table) as (keyof Settings & string)[]) {
    if (settings[key] !== undefined) continue;
    const { fallback, takes } = table[key];
    if (fallback !== "required") settings[key] = fallback.value;
    else {
      isWhole = false;
      report(value.where, "missing-key", `${what} needs ${key}: ${takes}`);
    }
  }
  return isWhole ? (settings as Settings) : undefined;
};

/** The JSON Schema of a table of settings. */
export function settingsSchema<Settings extends object>(
  table: SettingTable<Settings>,
  short: ShortForm<Settings>,
): JsonSchema {
  const keys = Object.keys(table) as (keyof Settings & string)[];
  const required = keys.filter((key) => table[key].fallback === "required");
  const map: JsonSchema = {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      keys.map((key) => [key, { ...table[key].schema, description: table[key].meaning }]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
  const others: JsonSchema[] = [];
  if (required.every((key) => key === short)) {
    if (short !== undefined) others.push(table[short].schema);
    if (required.length === 0) others.push({ type: "null" });
  }
  return others.length === 0 ? map : { anyOf: [map, ...others] };
}

/** One setting as the reference page and `rules list` show it. */
export interface SettingFacts {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly takes: string;
  readonly meaning: string;
  /** The default; undefined if the setting is required. */
  readonly fallback: { readonly value: unknown } | undefined;
}

/** The settings of a table, in table order. */
export function settingFacts<Settings extends object>(
  table: SettingTable<Settings>,
): readonly SettingFacts[] {
  return (Object.keys(table) as (keyof Settings & string)[]).map((key) => {
    const { schema, takes, meaning, fallback } = table[key];
    return { key, schema, takes, meaning, fallback: fallback === "required" ? undefined : fallback };
  });
}
