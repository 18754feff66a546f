// Where each scalar of a JSON text stands, and edits of exactly those characters: the lossless way to change
// one value of a message (big integers, key order and the spelling of numbers survive). Iterative, so that
// no nesting can exhaust the stack; tolerant, so that of a broken text the part before the break is told.

import { stringEnd, unquote } from "./string.js";

/** The way from the root of a JSON text to a value. */
export type JsonPath = readonly (string | number)[];

/** A scalar (text, number, true, false, null) and where it stands, in UTF-16 units. */
export interface Leaf {
  readonly path: JsonPath;
  readonly offset: number;
  readonly length: number;
  /** The characters as they stand, quotes included. */
  readonly source: string;
}

/** Replace `length` units at `offset` by `put`. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly put: string;
}

type Level = { readonly kind: "object"; key: string } | { readonly kind: "array"; index: number };

const deepest = 512;

const token = /[ \t\r\n]*(?:(-?[0-9][0-9.eE+-]*|true|false|null)|([{}[\],:"]))/y;

/** All scalars of a JSON text, in its order; keys given twice come twice. Below 512 levels nothing is told. */
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

/** Where in the text's structure the reader stands. */
class Place {
  /** Whether a scalar that comes now is the key of an object. */
  takesKey = false;
  private readonly levels: Level[] = [];
  /** Levels below the deepest one are only counted, so that a run of brackets costs no memory. */
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

  /** Follows a bracket, comma or colon. */
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

/** Whether a path fits a pattern in which `*` stands for any one step. */
export function fitsPath(path: JsonPath, pattern: JsonPath): boolean {
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
