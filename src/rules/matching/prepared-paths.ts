// Path conditions prepared for being checked at every message: each pointer has a number, under which a message keeps
// what it holds there for all rules, and names and texts are interned, which makes finding and comparing them cheap.

import type { PathCondition, PathTest, Plain } from "../language/rule-set.js";

/** A path condition, prepared. */
export interface PreparedPath {
  /** The number of its pointer. */
  readonly number: number;
  readonly steps: readonly string[];
  readonly tests: readonly PathTest[];
}

/** Prepares path conditions; equal pointers get one number. */
export class PathPreparer {
  private readonly numbers = new Map<string, number>();

  prepare({ pointer, steps, tests }: PathCondition): PreparedPath {
    const number = this.numbers.get(pointer) ?? this.numbers.size;
    this.numbers.set(pointer, number);
    return { number, steps: steps.map(interned), tests: tests.map(prepared) };
  }
}

/** The same text as engines keep the names of members: they find and compare those without reading their characters. */
const interned = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text;

const plain = (value: Plain): Plain => (typeof value === "string" ? interned(value) : value);

const prepared = (test: PathTest): PathTest => {
  switch (test.kind) {
    case "equals":
      return { kind: test.kind, value: plain(test.value) };
    case "in":
      return { kind: test.kind, values: test.values.map(plain) };
    default:
      return test;
  }
};
