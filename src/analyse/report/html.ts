// Texts on their way into a page. Whatever a peer said becomes characters between tags, never a tag, and never
// stands in an attribute at all: the attributes of the page hold words and numbers of our own.

import { printable } from "../../text/printable.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text of anybody's as the content of an element; what would hide or reorder it is shown as an escape. */
export function escapeHtml(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  return printable(text, longest).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** A value as the content of a script element that is data: no character in it that HTML could take for a tag. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
