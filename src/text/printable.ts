// Makes text of chargers safe for a terminal or a log: one line, without control characters and without characters that
// reorder or hide other text. Such characters become visible escapes, so that nothing is lost.

const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const escapeUnit = (unit: string): string =>
  escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A value as one line of JSON without control characters. Only texts get escapes, so that a reader gets the same value. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, escapeUnit);
}

/** The text with control characters as visible escapes, cut at `longest` UTF-16 units. */
export function printable(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown.replace(unsafe, escapeUnit);
}
