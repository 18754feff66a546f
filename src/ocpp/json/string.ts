// Quoted texts inside a JSON text: where one ends and what it says. Found by hand and not by a regular
// expression, whose stack some million escapes in one text would exhaust.

const backslash = 92;

/** The place after the quoted text that opens at `at`; -1 if it never ends. What stands in it is not judged. */
export function stringEnd(json: string, at: number): number {
  for (let quote = json.indexOf('"', at + 1); quote >= 0; quote = json.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (json.charCodeAt(quote - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
  return -1;
}

/** What a quoted text says; where its escapes or characters are illegal, the characters between the quotes. */
export function unquote(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
