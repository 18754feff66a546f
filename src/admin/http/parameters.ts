// The parameters of a query: what each means, what it takes, and how its text is read.

import { readDuration } from "../../base/duration.js";
import { AdminProblem, badValue } from "./problem.js";
import { duration, type JsonShape, text, wholeNumber } from "./shape.js";

/** One query parameter whose value is read as a T. */
export interface Parameter<T> {
  readonly description: string;
  readonly shape: JsonShape<unknown>;
  /** Reads its text; undefined if that is not valid. */
  readonly read: (word: string, name: string) => T | undefined;
}

/** The parameters of a route. */
export type Parameters<Values> = { readonly [Name in keyof Values]: Parameter<Values[Name]> };

/** The values of a query; a parameter that is not given has none. */
export type QueryValues<Values> = { readonly [Name in keyof Values]: Values[Name] | undefined };

/** A parameter that takes a text, and perhaps turns it into another value. */
export function textParameter<T = string>(
  description: string,
  read: Parameter<T>["read"] = (word) => word as T,
  takes = "a text",
): Parameter<T> {
  return { description, shape: { ...text(), takes }, read };
}

/** A parameter that takes a whole number within bounds. */
export function wholeParameter(description: string, min: number, max?: number): Parameter<number> {
  const shape = wholeNumber(min, max);
  const read = (word: string): number | undefined =>
    /^\d+$/.test(word) && shape.matches(Number(word)) ? Number(word) : undefined;
  return { description, shape, read };
}

/** A parameter that takes a duration within a bound. Its value is in milliseconds. */
export function durationParameter(description: string, maxMs: number): Parameter<number> {
  const shape = duration(0, maxMs);
  return { description, shape, read: (word) => (shape.matches(word) ? readDuration(word) : undefined) };
}

/** Reads a query. Throws AdminProblem for parameters that are unknown, given twice, or hold no valid value. */
export function readQuery<Values>(
  parameters: Parameters<Values>,
  query: URLSearchParams,
): QueryValues<Values> {
  const known = new Map(Object.entries<Parameter<unknown>>(parameters));
  const values: Record<string, unknown> = {};
  for (const [name, word] of query) {
    if (/token/i.test(name))
      throw new AdminProblem(
        "token-in-url",
        "a token in a URL ends up in logs",
        "Send it as Authorization: Bearer TOKEN, and make a new one.",
      );
    const parameter = known.get(name);
    if (parameter === undefined)
      throw new AdminProblem(
        "unknown-parameter",
        `unknown parameter ${JSON.stringify(name.slice(0, 60))}`,
        `Known: ${[...known.keys()].join(", ") || "none"}.`,
      );
    if (Object.hasOwn(values, name))
      throw new AdminProblem("twice", `the parameter ${name} is given twice`, "Give it once.");
    values[name] = parameter.read(word, name);
    if (values[name] === undefined) throw badValue(name, word, parameter.shape.takes);
  }
  return values as QueryValues<Values>;
}
