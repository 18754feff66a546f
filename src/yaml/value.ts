// The content of a YAML file as a tree of plain values with their positions, and readers that check one value and return
// it typed. A reader reports a problem and continues, so that one pass finds all errors of a file.

import { nearest } from "../text/nearest.js";

/** A value of a YAML file; `where` is its position as `line:column`. */
export type Value =
  | { readonly kind: "map"; readonly where: string; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly where: string; readonly items: readonly Value[] }
  | Scalar;

/** A string, number, boolean or null; `source` is the text in the file. */
export interface Scalar {
  readonly kind: "scalar";
  readonly where: string;
  readonly value: string | number | boolean | null;
  readonly source: string;
}

/** A key of a map with its value. */
export interface Member {
  readonly key: string;
  readonly where: string;
  readonly value: Value;
}

/** Receives one problem: its position (`line:column`), its stable code and a sentence. */
export type IssueReporter = (where: string, code: string, message: string) => void;

/** The bounds of a number, both inclusive. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const longestQuote = 60;

const cut = (text: string): string =>
  text.length > longestQuote ? `${text.slice(0, longestQuote)}...` : text;

/** The value for an error message: short, on one line, without control characters. */
export function show(value: Value): string {
  switch (value.kind) {
    case "map":
      return "a map";
    case "list":
      return "a list";
    case "scalar":
      if (value.source === "") return value.value === "" ? "an empty string" : "nothing";
      return typeof value.value === "string" ? quote(value.value) : cut(value.source);
  }
}

/** A string in double quotes, shortened and escaped for an error message. */
export function quote(text: string): string {
  return JSON.stringify(cut(text));
}

/** The end of a message about an unknown word: the valid words, and the most similar one. */
export function validNames(word: string, names: readonly string[]): string {
  const meant = nearest(word, names);
  return `valid: ${names.join(", ")}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`;
}

/** The members of a map by key. Unknown keys are reported and left out. */
export function readMap(
  value: Value,
  what: string,
  names: readonly string[],
  report: IssueReporter,
): ReadonlyMap<string, Member> | undefined {
  if (value.kind !== "map") {
    report(
      value.where,
      "not-a-map",
      `${what} must be a map, found ${show(value)}; ${names.length === 0 ? "it has no settings, write {}" : `valid: ${names.join(", ")}`}`,
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

/** The items of a list; any other value counts as a list with one item. */
export function itemsOf(value: Value): readonly Value[] {
  return value.kind === "list" ? value.items : [value];
}

/** A string that is not empty. A number is read as the text in the file, so that an identity of digits needs no quotes. */
export function readText(value: Value, what: string, report: IssueReporter): string | undefined {
  if (value.kind === "scalar") {
    if (typeof value.value === "string" && value.value !== "") return value.value;
    if (typeof value.value === "number") return value.source;
  }
  report(value.where, "not-a-text", `${what} must be a string, found ${show(value)}`);
  return undefined;
}

/** One of these words. */
export function readWord<Word extends string>(
  value: Value,
  what: string,
  words: readonly Word[],
  report: IssueReporter,
): Word | undefined {
  // YAML reads an unquoted null as a null value; here it is the word `null`.
  const plain = value.kind === "scalar" && value.value === null ? value.source : undefined;
  const given = value.kind === "scalar" && typeof value.value === "string" ? value.value : plain;
  const word = words.find((candidate) => candidate === given);
  if (word === undefined)
    report(
      value.where,
      "unknown-name",
      `${what} cannot be ${show(value)}; ${validNames(given ?? "", words)}`,
    );
  return word;
}

/** A number within bounds. */
export function readNumber(
  value: Value,
  what: string,
  bounds: Bounds,
  report: IssueReporter,
): number | undefined {
  return numberWithin(value, `${what} must be a number`, bounds, report, Number.isFinite);
}

/** An integer within bounds. */
export function readInteger(
  value: Value,
  what: string,
  bounds: Bounds,
  report: IssueReporter,
): number | undefined {
  return numberWithin(value, `${what} must be a whole number`, bounds, report, Number.isSafeInteger);
}

const numberWithin = (
  value: Value,
  claim: string,
  bounds: Bounds,
  report: IssueReporter,
  isRight: (number: unknown) => boolean,
): number | undefined => {
  const number = value.kind === "scalar" ? value.value : undefined;
  if (typeof number === "number" && isRight(number) && number >= bounds.min && number <= bounds.max)
    return number;
  const range = Number.isFinite(bounds.max) ? ` from ${bounds.min} to ${bounds.max}` : "";
  report(value.where, "not-a-number", `${claim}${range}, found ${show(value)}`);
  return undefined;
};

/** A boolean. */
export function readBoolean(value: Value, what: string, report: IssueReporter): boolean | undefined {
  if (value.kind === "scalar" && typeof value.value === "boolean") return value.value;
  report(value.where, "not-a-boolean", `${what} must be true or false, found ${show(value)}`);
  return undefined;
}
