// Path conditions prepared for being asked at every message: each pointer has a number, under which a message keeps what
// it found there for all rules, and names and texts are interned, which makes looking them up and comparing them cheap.

import type { PathCondition, PathTest, Plain } from "../language/rule-set.js";

/** A path condition, prepared. */
export interface AskedPath {
  /** The number of its pointer. */
  readonly slot: number;
  readonly steps: readonly string[];
  readonly tests: readonly PathTest[];
}

/** The pointers of one state of the rules. */
export class AskedPaths {
  private readonly slots = new Map<string, number>();

  /** Prepares a condition; equal pointers get one number. */
  of({ pointer, steps, tests }: PathCondition): AskedPath {
    const slot = this.slots.get(pointer) ?? this.slots.size;
    this.slots.set(pointer, slot);
    return { slot, steps: steps.map(interned), tests: tests.map(prepared) };
  }
}

/** The same text as the names of members are kept: engines find and compare those without looking at their characters. */
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
