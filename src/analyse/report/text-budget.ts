// The limits of a page, so that a browser stays fast: rows, characters of one text, characters of all texts together.

import { indented } from "./indented.js";

/** The limits of a page. */
export interface ReportLimits {
  readonly rows: number;
  /** Characters of one text; the rest is cut. */
  readonly text: number;
  /** Characters of all texts together; after that, only the beginning of each text is kept. */
  readonly texts: number;
}

/** The default limits. */
export const reportLimits: ReportLimits = { rows: 5000, text: 20_000, texts: 8_000_000 };

/** How many characters of a text are kept when the budget is used up. */
export const beginning = 400;

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)}\n… ${text.length - most} more characters`;

/** Cuts the texts of a page to its limits. */
export class TextBudget {
  private left: number;
  private readonly each: number;

  constructor({ text, texts }: ReportLimits) {
    this.left = texts;
    this.each = text;
  }

  /** The indented text, cut to what the budget allows. */
  spend(text: string): string {
    const kept = cut(text, this.left > 0 ? this.each : beginning);
    const shown = cut(indented(kept), 3 * this.each);
    this.left -= shown.length;
    return shown;
  }
}
