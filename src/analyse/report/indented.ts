// Adds line breaks and indents to a JSON text. Works on characters, so that numbers of any size, the order of members
// and broken texts stay as they are. Linear in the length of the text, for any depth of nesting.

import { stringEnd } from "../../ocpp/json/string.js";
import { printable } from "../../text/printable.js";

/** Deeper levels are not indented further. */
const deepest = 20;

class Writer {
  private readonly lines: string[] = [];
  private line = "";
  private depth = 0;

  add(text: string): void {
    this.line += text;
  }

  open(bracket: string): void {
    this.line += bracket;
    this.depth++;
    this.next();
  }

  close(bracket: string): void {
    this.depth = Math.max(0, this.depth - 1);
    this.next();
    this.line += bracket;
  }

  next(): void {
    this.lines.push(printable(this.line));
    this.line = "  ".repeat(Math.min(this.depth, deepest));
  }

  text(): string {
    return [...this.lines, printable(this.line)].join("\n");
  }
}

const token = /[ \t\r\n]+|(\[[ \t\r\n]*\]|\{[ \t\r\n]*\})|[^"[\]{},: \t\r\n]+|[\s\S]/y;

/** The indented text; a text that does not begin as an array or object is not changed. Unsafe characters become visible escapes. */
export function indented(text: string): string {
  if (!/^[ \t\r\n]*[[{]/.test(text)) return printable(text);
  const out = new Writer();
  for (let position = 0; position < text.length; ) {
    if (text[position] === '"') {
      const end = stringEnd(text, position);
      out.add(text.slice(position, end < 0 ? undefined : end));
      if (end < 0) break;
      position = end;
      continue;
    }
    token.lastIndex = position;
    const [found = "", empty] = token.exec(text) ?? [];
    position += Math.max(1, found.length);
    write(out, found, empty !== undefined);
  }
  return out.text();
}

const write = (out: Writer, found: string, isEmpty: boolean): void => {
  if (isEmpty) out.add(`${found[0]}${found.at(-1)}`);
  else if (found === "[" || found === "{") out.open(found);
  else if (found === "]" || found === "}") out.close(found);
  else if (found === ",") {
    out.add(",");
    out.next();
  } else if (found === ":") out.add(": ");
  else if (!/^[ \t\r\n]/.test(found)) out.add(found);
};
