// The values of a query: numbers and durations within bounds.

import { readDuration } from "../../base/duration.js";
import { badValue } from "./problem.js";

/** A whole number of the query within bounds; undefined where it is missing. */
export function wholeParameter(
  query: URLSearchParams,
  name: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const word = query.get(name);
  if (word === null) return undefined;
  const number = Number(word);
  if (!/^\d+$/.test(word) || !(number >= min && number <= max))
    throw badValue(
      name,
      word,
      `a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? " up" : ` to ${max}`}`,
    );
  return number;
}

/** Milliseconds of a duration (`300ms`, `10s`, `5m`) within a bound. */
export function durationOf(name: string, word: string, longestMs: number): number {
  const ms = readDuration(word);
  if (ms === undefined || ms > longestMs)
    throw badValue(name, word, `a duration of at most ${longestMs / 1000}s, like 300ms, 10s or 5m`);
  return ms;
}
