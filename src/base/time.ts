// Time in numbers: the one factor between the nanoseconds of machines and the milliseconds of people and timers, and the
// delays of timers. Node fires a timer of more than 2^31 - 1 ms after 1 ms, so a machine asks for no more than that,
// and asks again when its timer has fired early.

/** Nanoseconds in a millisecond. */
export const nsPerMs = 1_000_000;

/** The longest delay of a timer of Node, in ms: almost 25 days. */
export const longestTimerMs: number = 2 ** 31 - 1;

/** The delay of a timer in whole ms from one time in ns to another: 0 where it has passed, `longestTimerMs` at most. */
export function timerMs(nowNs: number, dueNs: number): number {
  return Math.min(longestTimerMs, Math.max(0, Math.ceil((dueNs - nowNs) / nsPerMs)));
}
