// Escapes texts for a page. A text of a peer becomes characters between tags, never a tag. Attributes contain only words
// and numbers of this program, so there is no escape for them.

import { printable } from "../../text/printable.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as the content of an element, cut at `longest` characters; control and direction characters become visible escapes. */
export function escapeHtml(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  return printable(text, longest).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** A value as JSON for a script element that holds data; it contains no character that HTML could read as a tag. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
