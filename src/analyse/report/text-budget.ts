// How much a page holds, so that a browser stays quick: rows, and the characters of one text and of all together.

import { indented } from "./indented.js";

/** How much a page holds. */
export interface ReportLimits {
  readonly rows: number;
  /** Characters of one text. */
  readonly text: number;
  /** Characters of all texts together; beyond, only their beginnings. */
  readonly texts: number;
}

/** What is usual. */
export const reportLimits: ReportLimits = { rows: 5000, text: 20_000, texts: 8_000_000 };

/** Characters of a text that stay when there is no room for it. */
export const beginning = 400;

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)}\n… ${text.length - most} more characters`;

/** Gives texts their room on a page. */
export class TextBudget {
  private left: number;
  private readonly each: number;

  constructor({ text, texts }: ReportLimits) {
    this.left = texts;
    this.each = text;
  }

  /** The text, indented, as far as there is room. */
  spend(text: string): string {
    const kept = cut(text, this.left > 0 ? this.each : beginning);
    const shown = cut(indented(kept), 3 * this.each);
    this.left -= shown.length;
    return shown;
  }
}
