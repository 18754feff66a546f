// One timer for everybody who waits equally long: a hundred cassettes that are due together cost one wake-up, and
// their writes go to Node's file threads in one batch instead of one by one. Whoever joins late is called
// early, never late. Knows nothing of what it calls.

import { startTimer } from "./timers.js";

/** A timer that many share. */
export interface SharedTimer {
  /** Calls `due` once, after `ms` at the latest; joining twice is joining once. */
  join(due: () => void): void;
  /** Calls `due` not any more. */
  leave(due: () => void): void;
}

/** Makes a timer that rings `ms` after the first has joined; it does not keep the process alive. */
export function createSharedTimer(ms: number): SharedTimer {
  let waiting = new Set<() => void>();
  let running = false;
  const ring = (): void => {
    const all = waiting;
    running = false;
    waiting = new Set();
    for (const due of all) due();
  };
  return {
    join: (due) => {
      waiting.add(due);
      if (running) return;
      running = true;
      startTimer(ring, ms).unref();
    },
    leave: (due) => {
      waiting.delete(due);
    },
  };
}

const timers = new Map<number, SharedTimer>();

/** The timer that everybody in this process shares who waits `ms`. */
export function sharedTimer(ms: number): SharedTimer {
  const known = timers.get(ms);
  if (known !== undefined) return known;
  const made = createSharedTimer(ms);
  timers.set(ms, made);
  return made;
}
