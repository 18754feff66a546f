// Regular expressions that a hostile payload cannot stall: a subset without back references. All states are followed at
// the same time (Thompson 1968), so matching takes at most text length x states steps, and both are bounded. Works on
// code points.

/** One state of a compiled pattern; numbers are indexes in its list of states. */
export type State =
  | { readonly kind: "set"; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: "fork"; left: number; readonly right: number }
  | { readonly kind: "start" | "end"; readonly next: number }
  /** The beginning and the end of the first group that is not `(?: )`. */
  | { readonly kind: "opens" | "closes"; readonly next: number }
  | { readonly kind: "done" };

/** A set of characters, as ranges of code points. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

/** A compiled pattern. */
export interface Pattern {
  readonly source: string;
  readonly states: readonly State[];
  readonly first: number;
}

/** A pattern, or what is wrong with the text, and where (in UTF-16 units from 0). */
export type PatternReading =
  | { readonly kind: "pattern"; readonly pattern: Pattern }
  | { readonly kind: "wrong"; readonly at: number; readonly message: string };

/** The longest text that is matched, in UTF-16 units; longer ones match no pattern. */
export const longestText = 16_384;

const longestPattern = 512;
const mostStates = 256;
const mostSteps = 10_000;
const mostRepeats = 100;
const deepestGroup = 16;

type Tree =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "edge"; readonly edge: "start" | "end" }
  | { readonly kind: "sequence"; readonly items: readonly Tree[] }
  | { readonly kind: "group"; readonly item: Tree }
  | { readonly kind: "choice"; readonly options: readonly Tree[] }
  | { readonly kind: "repeat"; readonly item: Tree; readonly min: number; readonly max: number | undefined };

/** Compiles a pattern. */
export function readPattern(source: string): PatternReading {
  if (source.length > longestPattern)
    return { kind: "wrong", at: longestPattern, message: `longer than ${longestPattern} characters` };
  const parser = new PatternParser(source);
  const tree = parser.whole();
  if (parser.wrong !== undefined) return { kind: "wrong", ...parser.wrong };
  const compiler = new Compiler();
  const first = compiler.compile(tree, compiler.add({ kind: "done" }));
  if (compiler.full) return { kind: "wrong", at: 0, message: "too large once its repeats are written out" };
  return { kind: "pattern", pattern: { source, states: compiler.states, first } };
}

/** Whether the pattern matches some part of the text (the whole text if the pattern has both anchors). */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  if (text.length > longestText) return false;
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const mark = new Uint32Array(pattern.states.length);
  let current: number[] = [];
  for (let at = 0; at <= points.length; at++) {
    // All states that this position reaches, and the first state again, because patterns are not anchored.
    const reached: number[] = [];
    const edges = { start: at === 0, end: at === points.length };
    for (const state of current) reach(pattern, state, edges, mark, at + 1, reached);
    reach(pattern, pattern.first, edges, mark, at + 1, reached);
    const point = points[at];
    const next: number[] = [];
    for (const place of reached) {
      const state = pattern.states[place];
      if (state?.kind === "done") return true;
      if (state?.kind === "set" && point !== undefined && holds(state.set, point)) next.push(state.next);
    }
    current = next;
  }
  return false;
}

const reach = (
  pattern: Pattern,
  place: number,
  edges: { readonly start: boolean; readonly end: boolean },
  mark: Uint32Array,
  turn: number,
  reached: number[],
): void => {
  if (mark[place] === turn) return;
  mark[place] = turn;
  const state = pattern.states[place];
  if (state === undefined) return;
  switch (state.kind) {
    case "set":
    case "done":
      reached.push(place);
      return;
    case "fork":
      reach(pattern, state.left, edges, mark, turn, reached);
      reach(pattern, state.right, edges, mark, turn, reached);
      return;
    case "opens":
    case "closes":
      reach(pattern, state.next, edges, mark, turn, reached);
      return;
    case "start":
    case "end":
      if (edges[state.kind]) reach(pattern, state.next, edges, mark, turn, reached);
  }
};

/** Whether a character belongs to a set. */
export function holds(set: CharacterSet, point: number): boolean {
  for (const [low, high] of set.ranges) if (point >= low && point <= high) return !set.negated;
  return set.negated;
}

/** Builds the states from the end to the beginning, so that each has the index of the next one. */
class Compiler {
  readonly states: State[] = [];
  full = false;
  private steps = 0;

  add(state: State): number {
    this.states.push(state);
    if (this.states.length > mostStates) this.full = true;
    return this.states.length - 1;
  }

  compile(tree: Tree, next: number): number {
    if (++this.steps > mostSteps) this.full = true;
    if (this.full) return next;
    switch (tree.kind) {
      case "set":
        return this.add({ kind: "set", set: tree.set, next });
      case "edge":
        return this.add({ kind: tree.edge, next });
      case "sequence":
        return tree.items.reduceRight((after, item) => this.compile(item, after), next);
      case "group": {
        const closes = this.add({ kind: "closes", next });
        return this.add({ kind: "opens", next: this.compile(tree.item, closes) });
      }
      case "choice":
        return tree.options
          .map((option) => this.compile(option, next))
          .reduceRight((right, left) => this.add({ kind: "fork", left, right }));
      case "repeat":
        return this.repeat(tree.item, tree.min, tree.max, next);
    }
  }

  private repeat(item: Tree, min: number, max: number | undefined, next: number): number {
    let first = next;
    if (max === undefined) {
      const loop: State = { kind: "fork", left: next, right: next };
      first = this.add(loop);
      loop.left = this.compile(item, first);
    }
    for (let i = min; i < (max ?? min) && !this.full; i++) {
      first = this.add({ kind: "fork", left: this.compile(item, first), right: next });
    }
    for (let i = 0; i < min && !this.full; i++) first = this.compile(item, first);
    return first;
  }
}

const digit: CharacterSet["ranges"] = [[0x30, 0x39]];
const word: CharacterSet["ranges"] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const blank: CharacterSet["ranges"] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0xfeff, 0xfeff],
];
const lineEnd: CharacterSet["ranges"] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const classes: ReadonlyMap<string, CharacterSet> = new Map([
  ["d", { negated: false, ranges: digit }],
  ["D", { negated: true, ranges: digit }],
  ["w", { negated: false, ranges: word }],
  ["W", { negated: true, ranges: word }],
  ["s", { negated: false, ranges: blank }],
  ["S", { negated: true, ranges: blank }],
]);
const controls: ReadonlyMap<string, number> = new Map([
  ["n", 10],
  ["r", 13],
  ["t", 9],
]);

const single = (point: number): CharacterSet => ({ negated: false, ranges: [[point, point]] });

class PatternParser {
  wrong: { readonly at: number; readonly message: string } | undefined;
  private readonly characters: readonly string[];
  private at = 0;
  private depth = 0;
  private grouped = false;

  constructor(source: string) {
    this.characters = [...source];
  }

  whole(): Tree {
    const tree = this.choice();
    if (this.peek() !== undefined) this.fail("a closing parenthesis without an opening one");
    return tree;
  }

  private peek(): string | undefined {
    return this.wrong === undefined ? this.characters[this.at] : undefined;
  }

  private take(expected: string): boolean {
    if (this.peek() !== expected) return false;
    this.at++;
    return true;
  }

  private fail(message: string): Tree {
    this.wrong ??= { at: this.characters.slice(0, this.at).join("").length, message };
    return { kind: "sequence", items: [] };
  }

  private choice(): Tree {
    const options = [this.sequence()];
    while (this.take("|")) options.push(this.sequence());
    return { kind: "choice", options };
  }

  private sequence(): Tree {
    const items: Tree[] = [];
    for (let next = this.peek(); next !== undefined && next !== "|" && next !== ")"; next = this.peek()) {
      items.push(this.repeated(this.item()));
    }
    return { kind: "sequence", items };
  }

  private item(): Tree {
    const character = this.peek() ?? "";
    this.at++;
    switch (character) {
      case "^":
        return { kind: "edge", edge: "start" };
      case "$":
        return { kind: "edge", edge: "end" };
      case ".":
        return { kind: "set", set: { negated: true, ranges: lineEnd } };
      case "(":
        return this.group();
      case "[":
        return this.set();
      case "\\":
        return { kind: "set", set: this.escape() };
      case "*":
      case "+":
      case "?":
      case "{":
        this.at--;
        return this.fail(`${character} has nothing to repeat; write \\${character} for the character itself`);
      default:
        return { kind: "set", set: single(character.codePointAt(0) ?? 0) };
    }
  }

  private group(): Tree {
    if (++this.depth > deepestGroup) return this.fail(`groups nest more than ${deepestGroup} levels deep`);
    const counted = !this.take("?");
    if (!counted && !this.take(":")) return this.fail("of groups with (? only (?: ) is known");
    const isFirst = counted && !this.grouped;
    if (counted) this.grouped = true;
    const item = this.choice();
    if (!this.take(")")) return this.fail("a group is not closed");
    this.depth--;
    return isFirst ? { kind: "group", item } : item;
  }

  private repeated(item: Tree): Tree {
    const bounds = this.bounds();
    if (bounds === undefined) return item;
    const following = this.peek();
    if (following !== undefined && "*+?{".includes(following))
      return this.fail("a repeat of a repeat; lazy and possessive repeats are not known");
    return { kind: "repeat", item, min: bounds.min, max: bounds.max };
  }

  private bounds(): { readonly min: number; readonly max: number | undefined } | undefined {
    if (this.take("*")) return { min: 0, max: undefined };
    if (this.take("+")) return { min: 1, max: undefined };
    if (this.take("?")) return { min: 0, max: 1 };
    if (this.peek() !== "{") return undefined;
    const rest = this.characters.slice(this.at, this.at + 10).join("");
    const [counted, low, comma, high] = /^\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}/.exec(rest) ?? [];
    const min = Number(low);
    const max = comma === undefined ? min : high === undefined ? undefined : Number(high);
    if (counted === undefined || Math.max(min, max ?? 0) > mostRepeats || (max !== undefined && max < min)) {
      this.fail(`a count must be {n}, {n,} or {n,m} with at most ${mostRepeats}`);
      return undefined;
    }
    this.at += counted.length;
    return { min, max };
  }

  private escape(): CharacterSet {
    const character = this.peek();
    this.at++;
    if (character === undefined) {
      this.fail("a backslash at the end");
      return single(0);
    }
    const known = classes.get(character);
    if (known !== undefined) return known;
    const control = controls.get(character);
    if (control !== undefined) return single(control);
    if (/[0-9A-Za-z]/.test(character)) this.fail(`unknown escape \\${character}`);
    return single(character.codePointAt(0) ?? 0);
  }

  private set(): Tree {
    const negated = this.take("^");
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; first || this.peek() !== "]"; first = false) {
      if (this.peek() === undefined) return this.fail("a character class is not closed");
      const low = this.member();
      if (low.negated) return this.fail("\\D, \\W and \\S cannot stand inside a character class");
      const from = low.ranges[0]?.[0] ?? 0;
      const isRange =
        low.ranges[0]?.[1] === from &&
        this.characters[this.at] === "-" &&
        this.characters[this.at + 1] !== "]";
      if (!isRange || !this.take("-")) {
        ranges.push(...low.ranges);
        continue;
      }
      const high = this.member();
      const to = high.ranges[0]?.[0] ?? 0;
      if (high.negated || high.ranges[0]?.[1] !== to || to < from)
        return this.fail("a range of characters that runs backwards");
      ranges.push([from, to]);
    }
    this.at++;
    return { kind: "set", set: { negated, ranges } };
  }

  private member(): CharacterSet {
    const character = this.peek();
    if (character === undefined) {
      this.fail("a character class is not closed");
      return single(0);
    }
    this.at++;
    return character === "\\" ? this.escape() : single(character.codePointAt(0) ?? 0);
  }
}
