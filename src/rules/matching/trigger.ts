// Which of the matching messages a rule acts on. A counter belongs to one rule and one scope; it counts every message
// that matched, whatever other rules did to it, so that no rule changes what another one acts on.

import type { Trigger } from "../language/rule-set.js";

/** What a trigger has counted in one scope. */
export interface Counter {
  /** Messages that matched. */
  seen: number;
  /** Messages on which the trigger fired. */
  fired: number;
  /** When the first one matched, in nanoseconds since the session's start. */
  sinceNs: number | undefined;
}

/** A trigger has fired: the draw that decided it, in [0, 1); null where chance had no part. */
export interface Firing {
  readonly draw: number | null;
}

const certain: Firing = { draw: null };

/** A counter that has counted nothing. */
export function createCounter(): Counter {
  return { seen: 0, fired: 0, sinceNs: undefined };
}

/** Counts a matching message; undefined where the rule does not act on it. Calls `roll` only where chance decides. */
export function fire(
  trigger: Trigger,
  counter: Counter,
  atNs: number,
  roll: () => number,
): Firing | undefined {
  counter.seen++;
  counter.sinceNs ??= atNs;
  if (!isDue(trigger, counter, atNs)) return undefined;
  if (trigger.probability === undefined) {
    counter.fired++;
    return certain;
  }
  const draw = roll();
  if (draw >= trigger.probability) return undefined;
  counter.fired++;
  return { draw };
}

/** `after` skips messages; the other parts count what is left, and all of them must agree. */
const isDue = (
  { nth, every, first, after, times, window }: Trigger,
  { seen, fired, sinceNs }: Counter,
  atNs: number,
): boolean => {
  const number = seen - (after ?? 0);
  return (
    number > 0 &&
    (nth === undefined || number === nth) &&
    (every === undefined || number % every === 0) &&
    (first === undefined || number <= first) &&
    (times === undefined || fired < times) &&
    (window === undefined || atNs - (sinceNs ?? atNs) <= window)
  );
};
