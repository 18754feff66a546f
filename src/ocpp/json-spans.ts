// Where each scalar of a JSON text stands, and edits of exactly those characters: the lossless way to change
// one value of a message (big integers, key order and the spelling of numbers survive). Iterative, so that
// no nesting can exhaust the stack; tolerant, so that of a broken text the part before the break is told.

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

const token = /[ \t\r\n]*(?:("[^"\\]*(?:\\[^][^"\\]*)*"|-?[0-9][0-9.eE+-]*|true|false|null)|([{}[\],:]))/y;

/** All scalars of a JSON text, in its order; keys given twice come twice. Below 512 levels nothing is told. */
export function leavesOf(json: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const levels: Level[] = [];
  let keyNext = false;
  token.lastIndex = json.startsWith("\uFEFF") ? 1 : 0;
  for (let found = token.exec(json); found !== null; found = token.exec(json)) {
    const [whole, source, mark] = found;
    if (mark !== undefined) {
      keyNext = takeMark(levels, mark);
      continue;
    }
    if (source === undefined) break;
    const level = levels.at(-1);
    if (keyNext && level?.kind === "object") level.key = readKey(source);
    else if (levels.length <= deepest)
      leaves.push({ path: pathOf(levels), offset: found.index + whole.length - source.length, length: source.length, source });
  }
  return leaves;
}

/** Follows a bracket, comma or colon; true when an object's key comes next. */
const takeMark = (levels: Level[], mark: string): boolean => {
  const level = levels.at(-1);
  switch (mark) {
    case "{":
      levels.push({ kind: "object", key: "" });
      return true;
    case "[":
      levels.push({ kind: "array", index: 0 });
      return false;
    case ",":
      if (level?.kind === "array") level.index++;
      return level?.kind === "object";
    case ":":
      return false;
    default:
      levels.pop();
      return false;
  }
};

const readKey = (quoted: string): string => {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
};

const pathOf = (levels: readonly Level[]): JsonPath =>
  levels.map((level) => (level.kind === "object" ? level.key : level.index));

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
