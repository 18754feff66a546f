// The beginning of every HTML page. A page is one file, and its Content Security Policy forbids it to load or send
// anything.

import { escapeHtml } from "./html.js";

/** The SHA-256 of a text in base64, as a Content Security Policy has it. */
export type Sha256Base64 = (text: string) => string;

const longestTitle = 200;

/** The parts of a page outside of its body. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  /** The only script that may run; if absent, none may. */
  readonly script?: string;
}

/** Everything up to the start of the body. The policy allows exactly this style and this script. */
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
