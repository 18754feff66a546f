// JSON.parse that does not throw, and skips a byte order mark.

import { errorText } from "../../base/errors.js";

/** The value of a text, or the error of JSON.parse. */
export type JsonOutcome = { readonly value: unknown } | { readonly error: string };

/** Parses a text as JSON. */
export function parseJson(text: string): JsonOutcome {
  try {
    return { value: JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) };
  } catch (error) {
    return { error: errorText(error) };
  }
}
