// Finds every scalar of a JSON text with its place, and edits exactly those characters: the lossless way to change a value
// of a message (big integers, the order of keys and the spelling of numbers stay). Iterative, so that deep nesting cannot
// exhaust the stack. Of a broken text, the part before the error is read.

import { stringEnd, unquote } from "./string.js";

/** The path from the root of a JSON text to a value. */
export type JsonPath = readonly (string | number)[];

/** A scalar (text, number, true, false, null) and its place in the text, in UTF-16 units. */
export interface Leaf {
  readonly path: JsonPath;
  readonly offset: number;
  readonly length: number;
  /** Its characters, with the quotes. */
  readonly source: string;
}

/** Replaces `length` units at `offset` by `put`. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly put: string;
}

type Level = { readonly kind: "object"; key: string } | { readonly kind: "array"; index: number };

const deepest = 512;

const token = /[ \t\r\n]*(?:(-?[0-9][0-9.eE+-]*|true|false|null)|([{}[\],:"]))/y;

/** All scalars of a JSON text, in their order; a key that occurs twice gives two. Levels below the 512th are left out. */
export function leavesOf(json: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const place = new Place();
  token.lastIndex = json.startsWith("\uFEFF") ? 1 : 0;
  for (let found = token.exec(json); found !== null; found = token.exec(json)) {
    const [, bare, mark] = found;
    if (mark !== undefined && mark !== '"') {
      place.pass(mark);
      continue;
    }
    const offset = token.lastIndex - (bare ?? '"').length;
    const end = bare === undefined ? stringEnd(json, offset) : token.lastIndex;
    if (end < 0) break;
    token.lastIndex = end;
    const source = json.slice(offset, end);
    if (place.takesKey) place.key(unquote(source));
    else if (!place.isTooDeep) leaves.push({ path: place.path(), offset, length: source.length, source });
  }
  return leaves;
}

/** The position of the reader in the structure of the text. */
class Place {
  /** Whether the next scalar is the key of an object. */
  takesKey = false;
  private readonly levels: Level[] = [];
  /** The number of levels below the deepest one, which are only counted, so that many brackets cost no memory. */
  private below = 0;

  get isTooDeep(): boolean {
    return this.below > 0;
  }

  path(): JsonPath {
    return this.levels.map((level) => (level.kind === "object" ? level.key : level.index));
  }

  key(key: string): void {
    const level = this.levels.at(-1);
    if (level?.kind === "object") level.key = key;
    this.takesKey = false;
  }

  /** Handles a bracket, comma or colon. */
  pass(mark: string): void {
    const opens = mark === "{" || mark === "[";
    if (this.below > 0 || (opens && this.levels.length === deepest)) {
      this.below += opens ? 1 : mark === "}" || mark === "]" ? -1 : 0;
      this.takesKey = false;
    } else this.passShallow(mark);
  }

  private passShallow(mark: string): void {
    const level = this.levels.at(-1);
    if (mark === "{") this.levels.push({ kind: "object", key: "" });
    else if (mark === "[") this.levels.push({ kind: "array", index: 0 });
    else if (mark === "}" || mark === "]") this.levels.pop();
    else if (mark === "," && level?.kind === "array") level.index++;
    this.takesKey = mark === "{" || (mark === "," && level?.kind === "object");
  }
}

/** Whether a path matches a pattern in which `*` is any one step. */
export function matchesPath(path: JsonPath, pattern: JsonPath): boolean {
  return path.length === pattern.length && pattern.every((step, i) => step === "*" || step === path[i]);
}

/** The text with the edits applied; they must not overlap. */
export function splice(json: string, edits: readonly Edit[]): string {
  let out = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    out += json.slice(at, edit.offset) + edit.put;
    at = edit.offset + edit.length;
  }
  return out + json.slice(at);
}
