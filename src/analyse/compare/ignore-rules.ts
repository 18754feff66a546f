// What a person says must not count in a comparison: rules with a pointer, narrowed by action, type and direction.
// Knows neither files nor verdicts. A rule covers the place that its pointer names and everything below it.

import type { Direction } from "../../base/direction.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { matchesGlob } from "../../text/glob.js";

/** Something that must not count. */
export interface IgnoreRule {
  /** `*` and `?` stand for anything; absent: every action. */
  readonly action?: string;
  /** CALL, CALLRESULT ...; absent: every type. */
  readonly type?: string;
  readonly direction?: Direction;
  /** A pointer into the payload; a step may hold `*` and `?`, the step `**` stands for any number of steps. */
  readonly pointer: string;
  readonly why?: string;
}

/** The message in which a difference was found. */
export interface ComparedMessage {
  readonly action: string | null;
  readonly type: string;
  readonly direction: Direction;
}

/** Whether a difference at a pointer does not count. */
export type IsIgnored = (pointer: string) => boolean;

/** Tells for a message which of its places do not count. */
export type Ignores = (place: ComparedMessage) => IsIgnored;

/** Nothing is ignored. */
export const nothingIgnored: Ignores = () => () => false;

const anyDepth = "**";

/** Whether a pattern leads to a place or to something above it; both as steps. */
const covers = (pattern: readonly string[], steps: readonly string[]): boolean => {
  // One bit of memory for each step of the pattern: linear in pattern x steps, whatever stands in them.
  let reached = spread(pattern, new Set([0]));
  for (const step of steps) {
    if (reached.has(pattern.length)) return true;
    const next = new Set<number>();
    for (const at of reached) {
      const wanted = pattern[at];
      if (wanted === anyDepth) next.add(at);
      else if (wanted !== undefined && matchesGlob(wanted, step)) next.add(at + 1);
    }
    reached = spread(pattern, next);
  }
  return reached.has(pattern.length);
};

/** Where one is as well, since `**` may stand for no step at all. */
const spread = (pattern: readonly string[], reached: Set<number>): Set<number> => {
  for (const at of reached) if (pattern[at] === anyDepth) reached.add(at + 1);
  return reached;
};

/** Whether a pointer's pattern covers a place. */
export function coversPointer(pattern: string, pointer: string): boolean {
  const wanted = readPointer(pattern);
  const steps = readPointer(pointer);
  return wanted !== undefined && steps !== undefined && covers(wanted, steps);
}

const fits = (rule: IgnoreRule, { action, type, direction }: ComparedMessage): boolean =>
  (rule.action === undefined || matchesGlob(rule.action, action ?? "")) &&
  (rule.type === undefined || rule.type === type) &&
  (rule.direction === undefined || rule.direction === direction);

/** What these rules leave out. */
export function ignoresOf(rules: readonly IgnoreRule[]): Ignores {
  if (rules.length === 0) return nothingIgnored;
  return (place) => {
    const fitting = rules.filter((rule) => fits(rule, place));
    return (pointer) => fitting.some((rule) => coversPointer(rule.pointer, pointer));
  };
}
