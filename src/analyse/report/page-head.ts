// The beginning of every page that is written: complete in one file, and by its policy unable to load or send
// anything. Knows nothing of what the page shows.

import { escapeHtml } from "./html.js";

/** SHA-256 of a text in base64, as a Content-Security-Policy writes it. */
export type Sha256Base64 = (text: string) => string;

const longestTitle = 200;

/** What a page is made of beside its body. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  /** The one script that may run; without it none may. */
  readonly script?: string;
}

/** Everything up to the page's body; what is not exactly this style and this script is not obeyed. */
export function pageHead({ title, style, script }: PageParts, sha256: Sha256Base64): string {
  const scripts = script === undefined ? "" : ` script-src 'sha256-${sha256(script)}';`;
  const policy = `default-src 'none';${scripts} style-src 'sha256-${sha256(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title, longestTitle)}</title>
<style>${style}</style>
</head>
<body>`;
}
