// JSON.parse without throwing, and with a byte order mark in front skipped.

import { errorText } from "../../base/errors.js";

/** What JSON.parse makes of a text. */
export type JsonOutcome = { readonly value: unknown } | { readonly error: string };

/** Parses a text as JSON. */
export function parseJson(text: string): JsonOutcome {
  try {
    return { value: JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) };
  } catch (error) {
    return { error: errorText(error) };
  }
}
