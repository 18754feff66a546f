// Which of the matching messages a rule acts on. A counter belongs to one rule and one scope; it counts every
// message that matched, whatever other rules did to it, so that rules never shift one another.

import type { Trigger } from "../language/rule-set.js";

/** What a trigger remembers. */
export interface Counter {
  /** Messages that matched. */
  seen: number;
  /** Messages on which the trigger fired. */
  fired: number;
  /** When the first one matched, in nanoseconds. */
  since: number | undefined;
}

/** That a trigger fired, and the draw that let it. */
export interface Firing {
  readonly draw: number | null;
}

const certain: Firing = { draw: null };

/** A counter at its beginning. */
export function createCounter(): Counter {
  return { seen: 0, fired: 0, since: undefined };
}

/** Counts a matching message and says whether the rule acts on it; `roll` is asked only where chance decides. */
export function fire(trigger: Trigger, counter: Counter, at: number, roll: () => number): Firing | undefined {
  counter.seen++;
  counter.since ??= at;
  if (!isDue(trigger, counter, at)) return undefined;
  if (trigger.probability === undefined) {
    counter.fired++;
    return certain;
  }
  const draw = roll();
  if (draw >= trigger.probability) return undefined;
  counter.fired++;
  return { draw };
}

/** `after` skips; the others count what is left, and all of them must agree. */
const isDue = (
  { nth, every, first, after, times, window }: Trigger,
  { seen, fired, since }: Counter,
  at: number,
): boolean => {
  const number = seen - (after ?? 0);
  return (
    number > 0 &&
    (nth === undefined || number === nth) &&
    (every === undefined || number % every === 0) &&
    (first === undefined || number <= first) &&
    (times === undefined || fired < times) &&
    (window === undefined || at - (since ?? at) <= window)
  );
};
