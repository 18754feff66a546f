// Rules of the user for differences that do not count: each has a pointer, and optionally an action, a type and a
// direction. A rule covers the value at its pointer and everything below it.

import type { Direction } from "../../base/direction.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { matchesGlob } from "../../text/glob.js";

/** A rule: differences that it covers do not count. */
export interface IgnoreRule {
  /** A glob over actions; absent: every action. */
  readonly action?: string;
  /** CALL, CALLRESULT ...; absent: every type. */
  readonly type?: string;
  readonly direction?: Direction;
  /** A JSON pointer into the payload; a step may contain `*` and `?`, the step `**` stands for any number of steps. */
  readonly pointer: string;
  readonly why?: string;
}

/** The message that contains a difference. */
export interface ComparedMessage {
  readonly action: string | null;
  readonly type: string;
  readonly direction: Direction;
}

/** Whether a difference at a pointer does not count. */
export type IsIgnored = (pointer: string) => boolean;

/** Gives, for a message, the test whether a difference at a pointer does not count. */
export type Ignores = (message: ComparedMessage) => IsIgnored;

/** Ignores nothing. */
export const nothingIgnored: Ignores = () => () => false;

const anyDepth = "**";

/** Whether a pattern matches a pointer or one of its parents; both given as steps. */
const covers = (pattern: readonly string[], steps: readonly string[]): boolean => {
  // The set of reached pattern positions: takes time linear in pattern x steps, for any pattern.
  let reached = spread(pattern, new Set([0]));
  for (const step of steps) {
    if (reached.has(pattern.length)) return true;
    const next = new Set<number>();
    for (const position of reached) {
      const wanted = pattern[position];
      if (wanted === anyDepth) next.add(position);
      else if (wanted !== undefined && matchesGlob(wanted, step)) next.add(position + 1);
    }
    reached = spread(pattern, next);
  }
  return reached.has(pattern.length);
};

/** Adds the positions after `**`, because `**` may stand for no step. */
const spread = (pattern: readonly string[], reached: Set<number>): Set<number> => {
  for (const position of reached) if (pattern[position] === anyDepth) reached.add(position + 1);
  return reached;
};

/** Whether a pattern covers a pointer. */
export function coversPointer(pattern: string, pointer: string): boolean {
  const wanted = readPointer(pattern);
  const steps = readPointer(pointer);
  return wanted !== undefined && steps !== undefined && covers(wanted, steps);
}

const matches = (rule: IgnoreRule, { action, type, direction }: ComparedMessage): boolean =>
  (rule.action === undefined || matchesGlob(rule.action, action ?? "")) &&
  (rule.type === undefined || rule.type === type) &&
  (rule.direction === undefined || rule.direction === direction);

/** Combines the rules. */
export function ignoresOf(rules: readonly IgnoreRule[]): Ignores {
  if (rules.length === 0) return nothingIgnored;
  return (message) => {
    const matching = rules.filter((rule) => matches(rule, message));
    return (pointer) => matching.some((rule) => coversPointer(rule.pointer, pointer));
  };
}
