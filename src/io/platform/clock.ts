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
  /** Jumps ahead; only a virtual clock can. */
  readonly skip?: (ms: number) => void;
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

/** Starts a clock that can jump over time in which nothing happens; it shows the time as if it had passed. */
export function startVirtualClock(): Clock {
  const clock = startClock();
  const zero = Date.parse(clock.startedAt);
  let skipped = 0;
  return {
    now: () => clock.now() + skipped * 1e6,
    wall: () => new Date(zero + clock.now() / 1e6 + skipped).toISOString(),
    startedAt: clock.startedAt,
    startedMs: clock.startedMs,
    skip: (ms) => {
      skipped += ms;
    },
  };
}
