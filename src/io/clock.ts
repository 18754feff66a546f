// The only clock of a run: nanoseconds since its start on a monotonic clock, and the wall clock beside it.

/** The clock of one run. */
export interface Clock {
  /** Whole nanoseconds since the start. */
  now(): number;
  /** The wall clock, ISO 8601 in UTC. */
  wall(): string;
  /** The wall clock at the start. */
  readonly startedAt: string;
  /** The same in milliseconds since 1970. */
  readonly startedMs: number;
}

/** Starts a clock. */
export function startClock(): Clock {
  const zero = performance.now();
  const started = new Date();
  return {
    now: () => Math.round((performance.now() - zero) * 1e6),
    wall: () => new Date().toISOString(),
    startedAt: started.toISOString(),
    startedMs: started.getTime(),
  };
}
