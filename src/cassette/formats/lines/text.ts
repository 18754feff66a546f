// A message as it stands in a log -> the text that it was: escapes undone, and whether its JSON comes to its end.
// Total: what is no escape stays as it stands, so that a text that was cut inside one loses nothing.

import { assertNever } from "../../../base/assert-never.js";
import type { LinePattern } from "./pattern.js";

const single: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const escapes = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(["'\\/abfnrtv]))/g;

const fromCode = (digits: string): string => {
  const code = Number.parseInt(digits, 16);
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
};

const named: Readonly<Record<string, string>> = {
  quot: '"',
  amp: "&",
  lt: "<",
  gt: ">",
  apos: "'",
  nbsp: "\u00a0",
};
const entities = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(quot|amp|lt|gt|apos|nbsp));/g;

/** Undoes how a log wrote a message. */
export function unescapeText(text: string, how: LinePattern["unescape"]): string {
  switch (how) {
    case "none":
      return text;
    case "backslash":
      return text.replace(escapes, (_, short, long, byte, one) =>
        one === undefined ? fromCode(short ?? long ?? byte) : (single[one] ?? one),
      );
    case "doubled-quotes":
      return text.replace(/""/g, '"');
    case "html":
      // Behind the message its element ends.
      return text
        .replace(/<[\s\S]*$/, "")
        .replace(entities, (_, hex, decimal, name) =>
          name === undefined ? fromCode(hex ?? Number(decimal).toString(16)) : (named[name] ?? name),
        );
    default:
      return assertNever(how);
  }
}

/** Follows the brackets of a JSON text, piece by piece. */
export class BracketCount {
  private depth = 0;
  private begun = false;
  private inText = false;
  private escaped = false;

  /** Takes the next piece; says whether the brackets that were opened are all closed by now. */
  take(piece: string): boolean {
    for (let i = 0; i < piece.length; i++) this.unit(piece.charCodeAt(i));
    return this.begun && this.depth <= 0;
  }

  private unit(unit: number): void {
    if (this.inText) {
      if (this.escaped) this.escaped = false;
      else if (unit === 0x5c) this.escaped = true;
      else if (unit === 0x22) this.inText = false;
    } else if (unit === 0x22) this.inText = true;
    else if (unit === 0x5b || unit === 0x7b) {
      this.depth++;
      this.begun = true;
    } else if (unit === 0x5d || unit === 0x7d) this.depth--;
  }
}

/**
 * Whether a text begins as a message does and was cut before its JSON came to its end. One that ends with a
 * bracket and lacks another may well have been sent so: real charge points do that.
 */
export function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith("[") && !/[\]}]$/.test(trimmed) && !new BracketCount().take(trimmed);
}
