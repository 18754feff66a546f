// The lines of a log -> its items: messages with what the log tells of them, and new connections. How lines are
// matched is in the pattern; how long that may take is the shell's business (`attempt`), because regular
// expressions of users run here over logs of strangers.

import type { LineField, LinePattern } from "./pattern.js";
import { BracketCount } from "./text.js";

/** What a log tells of a message, as it stands. */
export type LineValues = Readonly<Partial<Record<LineField, string>>>;

/** An item of a log. */
export interface LineItem {
  readonly kind: "message" | "opened";
  /** From 1. */
  readonly line: number;
  /** How many lines it takes. */
  readonly lines: number;
  readonly values: LineValues;
}

/** A line that is no item. */
export interface LineRefusal {
  readonly kind: "refused";
  readonly line: number;
  readonly why: string;
  readonly text: string;
}

/** What was made of a log. */
export type LineResult = LineItem | LineRefusal | { readonly kind: "ignored" };

/** Runs work that may take too long; undefined where it did. */
export type Attempt = <T>(work: () => T) => T | undefined;

/** No line of a log is longer: a message of 1 MiB, escaped, with room. */
const longestLine = 0x40_0000;
const mostLines = 20_000;
const batch = 500;
/** Slow lines after which the pattern is given up. */
const mostSlow = 3;

/** Colours of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const colours = /\u001b\[[0-9;]{0,20}m/g;

const bare = (line: string): string => (line.includes("\u001b") ? line.replace(colours, "") : line);

type Matched =
  | { readonly kind: "message" | "opened"; readonly values: LineValues }
  | "ignored"
  | "slow"
  | "long"
  | undefined;

const given = (groups: Readonly<Record<string, string | undefined>>): LineValues =>
  Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined));

/** What the expressions of a pattern make of one line. */
export function matchLine(pattern: LinePattern, line: string): Exclude<Matched, "slow" | "long"> {
  for (const expression of pattern.match) {
    const groups = expression.exec(line)?.groups;
    if (groups?.message !== undefined) return { kind: "message", values: given(groups) };
  }
  const opened = pattern.opened?.exec(line);
  if (opened != null) return { kind: "opened", values: given(opened.groups ?? {}) };
  return pattern.ignore?.test(line) === true ? "ignored" : undefined;
}

/** Matches line by line what took too long together. */
class LineMatcher {
  private readonly pattern: LinePattern;
  private readonly attempt: Attempt;
  private slow = 0;

  constructor(pattern: LinePattern, attempt: Attempt) {
    this.pattern = pattern;
    this.attempt = attempt;
  }

  *all(lines: readonly string[]): Generator<Matched> {
    for (let from = 0; from < lines.length; from += batch) {
      const part = lines.slice(from, from + batch);
      const together = this.isGivenUp ? undefined : this.attempt(() => part.map((line) => this.one(line)));
      if (together !== undefined) yield* together;
      else for (const line of part) yield this.alone(line);
    }
  }

  private get isGivenUp(): boolean {
    return this.slow >= mostSlow;
  }

  private one(line: string): Matched {
    return line.length > longestLine ? "long" : matchLine(this.pattern, line);
  }

  private alone(line: string): Matched {
    const boxed = this.isGivenUp ? undefined : this.attempt(() => [this.one(line)]);
    if (boxed !== undefined) return boxed[0];
    this.slow++;
    return "slow";
  }
}

const why: Readonly<Record<"slow" | "long", string>> = {
  slow: "the pattern takes too long on this line, or took it on several before",
  long: "the line is longer than 4 MiB",
};

/** Lines that go on with the message of an item. */
interface Continuation {
  readonly message: string;
  readonly lines: number;
}

class ItemReader {
  private readonly pattern: LinePattern;
  private readonly lines: readonly string[];
  private readonly matched: readonly Matched[];

  constructor(pattern: LinePattern, lines: readonly string[], matched: readonly Matched[]) {
    this.pattern = pattern;
    this.lines = lines;
    this.matched = matched;
  }

  *read(): Generator<LineResult> {
    let at = 0;
    while (at < this.lines.length) {
      const result = this.at(at);
      if (result !== undefined) yield result;
      at += result?.kind === "message" || result?.kind === "opened" ? result.lines : 1;
    }
  }

  private at(at: number): LineResult | undefined {
    const match = this.matched[at];
    const text = this.lines[at] ?? "";
    const line = at + 1;
    if (match === "ignored") return { kind: "ignored" };
    if (match === "slow" || match === "long") return { kind: "refused", line, why: why[match], text };
    if (match === undefined)
      return text.trim() === ""
        ? undefined
        : { kind: "refused", line, why: "the pattern does not match", text };
    const more = match.kind === "message" && this.pattern.multiLine ? this.goOn(at, match.values) : undefined;
    if (more === undefined) return { kind: match.kind, line, lines: 1, values: match.values };
    return { kind: match.kind, line, lines: more.lines, values: { ...match.values, message: more.message } };
  }

  private beginsItem(at: number): boolean {
    return this.matched[at] !== undefined || this.pattern.begins?.test(this.lines[at] ?? "") === true;
  }

  /** The lines that belong to the message which this one begins; undefined where it is whole, or goes nowhere. */
  private goOn(first: number, { message = "" }: LineValues): Continuation | undefined {
    const brackets = new BracketCount();
    if (brackets.take(message)) return undefined;
    const isAlone = message.trim() === "";
    const parts = isAlone ? [] : [message];
    const last = Math.min(this.lines.length, first + mostLines);
    for (let at = first + 1; at < last && !this.beginsItem(at); at++) {
      const text = this.lines[at] ?? "";
      if (parts.length === 0 && text.trim() === "") break;
      parts.push(text);
      if (brackets.take(`\n${text}`)) return { message: parts.join("\n"), lines: at - first + 1 };
    }
    // Without knowing how an item begins, what follows may be anything.
    if (this.pattern.begins === undefined || parts.length < 2) return undefined;
    return { message: parts.join("\n").trimEnd(), lines: parts.length + (isAlone ? 1 : 0) };
  }
}

/** Reads the lines of a log of kind `lines`. */
export function itemsOfLines(
  pattern: LinePattern,
  lines: Iterable<string>,
  attempt: Attempt,
): Iterable<LineResult> {
  const plain = [...lines].map((line) => bare(line.endsWith("\r") ? line.slice(0, -1) : line));
  return new ItemReader(pattern, plain, [...new LineMatcher(pattern, attempt).all(plain)]).read();
}
