// What a rule file says, as a tree of plain values with their places, and the readers that turn such values
// into settings. Knows neither YAML nor what any setting means; every reader reports what is wrong and goes on,
// so that one pass finds all errors of a file.

import { nearest } from "../text/nearest.js";

/** A value of a rule file and where it stands, as `line:column`. */
export type Value =
  | { readonly kind: "map"; readonly where: string; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly where: string; readonly items: readonly Value[] }
  | Scalar;

/** A text, number, truth value or null; `source` is how it was written. */
export interface Scalar {
  readonly kind: "scalar";
  readonly where: string;
  readonly value: string | number | boolean | null;
  readonly source: string;
}

/** A key of a map and what stands behind it. */
export interface Member {
  readonly key: string;
  readonly where: string;
  readonly value: Value;
}

/** Takes one thing that is wrong: its place, its stable code and a sentence. */
export type Report = (where: string, code: string, message: string) => void;

/** The bounds of a number, both inclusive. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const shown = 60;

const cut = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}...` : text);

/** The value as an error message names it: short, on one line, without control characters. */
export function show(value: Value): string {
  switch (value.kind) {
    case "map":
      return "a map";
    case "list":
      return "a list";
    case "scalar":
      if (value.source === "") return value.value === "" ? "an empty text" : "nothing";
      return typeof value.value === "string" ? quote(value.value) : cut(value.source);
  }
}

/** A text in double quotes, cut and escaped for an error message. */
export function quote(text: string): string {
  return JSON.stringify(cut(text));
}

/** The end of a message about an unknown word: the valid ones, and the one that was probably meant. */
export function validNames(word: string, names: readonly string[]): string {
  const meant = nearest(word, names);
  return `valid: ${names.join(", ")}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`;
}

/** The members of a map by their keys, unknown keys reported and left out. */
export function readMap(
  value: Value,
  what: string,
  names: readonly string[],
  report: Report,
): ReadonlyMap<string, Member> | undefined {
  if (value.kind !== "map") {
    report(
      value.where,
      "not-a-map",
      `${what} must be a map, found ${show(value)}; ${names.length === 0 ? "it has nothing to set: {}" : `valid: ${names.join(", ")}`}`,
    );
    return undefined;
  }
  const known = new Map<string, Member>();
  for (const member of value.members) {
    if (names.includes(member.key)) known.set(member.key, member);
    else
      report(
        member.where,
        "unknown-key",
        `unknown key ${quote(member.key)} in ${what}; ${validNames(member.key, names)}`,
      );
  }
  return known;
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(value: Value): readonly Value[] {
  return value.kind === "list" ? value.items : [value];
}

/** A text that is not empty. A number is taken as it was written: an identity of digits needs no quotes. */
export function readText(value: Value, what: string, report: Report): string | undefined {
  if (value.kind === "scalar") {
    if (typeof value.value === "string" && value.value !== "") return value.value;
    if (typeof value.value === "number") return value.source;
  }
  report(value.where, "not-a-text", `${what} must be a text, found ${show(value)}`);
  return undefined;
}

/** One of the given words. */
export function readWord<Word extends string>(
  value: Value,
  what: string,
  words: readonly Word[],
  report: Report,
): Word | undefined {
  // YAML reads an unquoted null as nothing, and it is a word as good as any other.
  const plain = value.kind === "scalar" && value.value === null ? value.source : undefined;
  const said = value.kind === "scalar" && typeof value.value === "string" ? value.value : plain;
  const word = words.find((candidate) => candidate === said);
  if (word === undefined)
    report(value.where, "unknown-name", `${what} cannot be ${show(value)}; ${validNames(said ?? "", words)}`);
  return word;
}

/** A number within bounds. */
export function readNumber(value: Value, what: string, bounds: Bounds, report: Report): number | undefined {
  return numberWithin(value, `${what} must be a number`, bounds, report, Number.isFinite);
}

/** A whole number within bounds. */
export function readInteger(value: Value, what: string, bounds: Bounds, report: Report): number | undefined {
  return numberWithin(value, `${what} must be a whole number`, bounds, report, Number.isSafeInteger);
}

const numberWithin = (
  value: Value,
  claim: string,
  bounds: Bounds,
  report: Report,
  fits: (number: unknown) => boolean,
): number | undefined => {
  const number = value.kind === "scalar" ? value.value : undefined;
  if (typeof number === "number" && fits(number) && number >= bounds.min && number <= bounds.max)
    return number;
  const range = Number.isFinite(bounds.max) ? ` from ${bounds.min} to ${bounds.max}` : "";
  report(value.where, "not-a-number", `${claim}${range}, found ${show(value)}`);
  return undefined;
};

/** True or false. */
export function readBoolean(value: Value, what: string, report: Report): boolean | undefined {
  if (value.kind === "scalar" && typeof value.value === "boolean") return value.value;
  report(value.where, "not-a-boolean", `${what} must be true or false, found ${show(value)}`);
  return undefined;
}
