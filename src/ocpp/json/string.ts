// Quoted texts inside a JSON text: where one ends, and its value. A loop finds the end, because a million escapes in one
// text would exhaust the stack of a regular expression.

const backslash = 92;

/** The offset after the quoted text that begins at `at`; -1 if it never ends. Its characters are not checked. */
export function stringEnd(json: string, at: number): number {
  for (let quote = json.indexOf('"', at + 1); quote >= 0; quote = json.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (json.charCodeAt(quote - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
  return -1;
}

/** The value of a quoted text; if its escapes or characters are invalid, the characters between the quotes. */
export function unquote(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
