// The check of options that come from programs: a table names every option of a function and the kind of its value. A
// wrong option is refused with its name, its value and the fix, before anything is opened.

import { readDuration } from "../base/duration.js";
import { VcrError } from "../base/errors.js";
import { nearest } from "../text/nearest.js";
import { jsonLine, printable } from "../text/printable.js";

/** Why a value is refused, and what to write instead. */
interface Refusal {
  /** The option, with the options that it is in: `admin.listen`. */
  readonly name: string;
  readonly message: string;
  readonly hint: string;
}

/** What an option takes. */
export interface OptionKind {
  /** In words, with its article: `a number above 0`. */
  readonly takes: string;
  readonly isRequired?: true;
  /** Undefined for a value of this kind. */
  readonly refusalOf: (value: unknown, name: string) => Refusal | undefined;
}

/** The kind of each option, by name. */
export type OptionTable = Readonly<Record<string, OptionKind>>;

/** A table that names every option of an interface. */
export type TableOf<Options> = { readonly [Name in keyof Required<Options>]: OptionKind };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value in words, for messages. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return printable(jsonLine(value), 80);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value instanceof Promise) return "a promise";
  return isObject(value) ? "an object" : String(value);
}

const kindOf = (
  takes: string,
  accepts: (value: unknown) => boolean,
  fixOf: (value: unknown, name: string) => string | undefined = () => undefined,
): OptionKind => ({
  takes,
  refusalOf: (value, name) =>
    accepts(value)
      ? undefined
      : {
          name,
          message: `${name} is ${shownValue(value)}; it takes ${takes}`,
          hint: fixOf(value, name) ?? "Correct the value, or leave the option out.",
        },
});

const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** A text that is not empty. */
export const text: OptionKind = kindOf("a text", (value) => typeof value === "string" && value !== "");
/** A text that may be empty. */
export const anyText: OptionKind = kindOf("a text", (value) => typeof value === "string");
export const flag: OptionKind = kindOf("true or false", (value) => typeof value === "boolean");
export const callback: OptionKind = kindOf("a function", (value) => typeof value === "function");
export const object: OptionKind = kindOf("an object", isObject);
export const positive: OptionKind = kindOf("a number above 0", (value) => isNumber(value) && value > 0);
export const bytes: OptionKind = kindOf("a Uint8Array", (value) => value instanceof Uint8Array);
export const signal: OptionKind = kindOf(
  "an AbortSignal",
  (value) =>
    isObject(value) && typeof value.aborted === "boolean" && typeof value.throwIfAborted === "function",
);

/** A kind whose values are called differently. */
export function described({ refusalOf }: OptionKind, takes: string): OptionKind {
  return kindOf(takes, (value) => refusalOf(value, "") === undefined);
}

/** A whole number between two others. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): OptionKind {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} up` : `${least} to ${most}`;
  return kindOf(
    `a whole number from ${range}`,
    (value) => isNumber(value) && Number.isSafeInteger(value) && value >= least && value <= most,
  );
}

const durationFix = (value: unknown, name: string): string | undefined => {
  const ms = typeof value === "string" ? readDuration(value.trim()) : undefined;
  return ms === undefined ? undefined : `Write ${name}: ${ms}.`;
};

/** A time in milliseconds, above 0. */
export const duration: OptionKind = kindOf(
  "a number of milliseconds above 0",
  (value) => isNumber(value) && value > 0,
  durationFix,
);

/** A time in milliseconds that may be 0. */
export const durationOrZero: OptionKind = kindOf(
  "a number of milliseconds from 0 up",
  (value) => isNumber(value) && value >= 0,
  durationFix,
);

/** One of some words. */
export function oneOf(...words: readonly string[]): OptionKind {
  const quoted = words.map((word) => `"${word}"`);
  return kindOf(
    `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`,
    (value) => words.some((word) => word === value),
    (value, name) => {
      const near = typeof value === "string" ? nearest(value, words) : undefined;
      return near === undefined ? undefined : `Did you mean ${name}: "${near}"?`;
    },
  );
}

/** A list of values of one kind. */
export function listOf(item: OptionKind, least = 0): OptionKind {
  const list = kindOf(
    `a list, in which each item is ${item.takes}`,
    (value) => Array.isArray(value) && value.length >= least,
  );
  return {
    ...list,
    refusalOf: (value, name) =>
      list.refusalOf(value, name) ??
      firstOf(Array.isArray(value) ? value : [], (one, at) => item.refusalOf(one, `${name}[${at}]`)),
  };
}

/** An object with any names, whose values are of one kind. */
export function mapOf(item: OptionKind): OptionKind {
  return {
    takes: `an object in which each value is ${item.takes}`,
    refusalOf: (value, name) =>
      object.refusalOf(value, name) ??
      firstOf(Object.entries(value ?? {}), ([key, one]) => item.refusalOf(one, `${name}.${key}`)),
  };
}

/** A value of one of these kinds. */
export function anyOf(...kinds: readonly OptionKind[]): OptionKind {
  const takes = kinds.map((kind) => kind.takes).join(", or ");
  return {
    takes,
    refusalOf: (value, name) => {
      const refusals = kinds.map((kind) => kind.refusalOf(value, name));
      if (refusals.includes(undefined)) return undefined;
      return refusals.find((one) => one?.name !== name) ?? kindOf(takes, () => false).refusalOf(value, name);
    },
  };
}

/** An object with these options; `placeOf` gives a hint for an option that belongs elsewhere. */
export function optionsOf(
  table: OptionTable,
  placeOf: (name: string) => string | undefined = () => undefined,
): OptionKind {
  const names = Object.keys(table);
  const takes = `an object with the options ${names.join(", ")}`;
  const shape = kindOf(names.length > 4 ? "an object with options" : takes, isObject);
  return {
    takes,
    refusalOf: (value, name) => {
      const path = (key: string): string => (name === "" ? key : `${name}.${key}`);
      const members = isObject(value) ? value : {};
      return (
        shape.refusalOf(value, name) ??
        firstOf(Object.entries(members), ([key, one]) => {
          if (one === undefined) return undefined;
          const kind = Object.hasOwn(table, key) ? table[key] : undefined;
          if (kind !== undefined) return kind.refusalOf(one, path(key));
          return { ...unknownOption(path(key), one), hint: placeOf(key) ?? hintFor(key, names) };
        }) ??
        firstOf(Object.entries(table), ([key, kind]) => missingOption(path(key), members[key], kind))
      );
    },
  };
}

const unknownOption = (name: string, value: unknown): Omit<Refusal, "hint"> => ({
  name,
  message: `there is no option ${printable(name, 80)} (its value is ${shownValue(value)})`,
});

const hintFor = (key: string, names: readonly string[]): string => {
  const near = nearest(key, names) ?? nearest(`${key}Ms`, names);
  if (near !== undefined) return `Did you mean ${near}?`;
  return names.length > 12 ? "See docs/reference/library.md." : `The options are ${names.join(", ")}.`;
};

const missingOption = (
  name: string,
  value: unknown,
  { isRequired, takes }: OptionKind,
): Refusal | undefined =>
  isRequired === true && value === undefined
    ? { name, message: `it needs the option ${name}`, hint: `Give ${name}: ${takes}.` }
    : undefined;

const firstOf = <Item>(
  items: readonly Item[],
  refusalOf: (item: Item, at: number) => Refusal | undefined,
): Refusal | undefined => {
  for (const [at, item] of items.entries()) {
    const refusal = refusalOf(item, at);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/** This kind, for an option that must be given. */
export function required(kind: OptionKind): OptionKind {
  return { ...kind, isRequired: true };
}

/** Checks an argument of a function. Throws VcrError USAGE with the name of the function. */
export function checkArgument(who: string, name: string, value: unknown, kind: OptionKind): void {
  const refusal = kind.refusalOf(value, name);
  if (refusal !== undefined) throw new VcrError("USAGE", `${who}: ${refusal.message}`, refusal.hint);
}

/** Checks the options of a function; undefined are none. Throws VcrError USAGE with the name of the function. */
export function checkOptions(who: string, given: unknown, kind: OptionKind): void {
  if (given !== undefined && !isObject(given))
    checkArgument(who, "the argument with the options", given, object);
  checkArgument(who, "", given ?? {}, kind);
}
