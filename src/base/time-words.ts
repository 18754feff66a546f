// Spans of time as a person reads them: three figures at most, and the unit that fits. Knows no clock.

/** A span in nanoseconds, in words: `0.31 ms`, `3.1 ms`, `1.25 s`, `3 min 20 s`, `2 h 5 min`. */
export function spanWords(ns: number): string {
  const ms = ns / 1e6;
  if (ms < 9.95) return `${ms.toFixed(ms < 0.995 ? 2 : 1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const s = ms / 1000;
  if (s < 59.95) return `${s.toFixed(s < 9.995 ? 2 : 1)} s`;
  const whole = Math.round(s);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(s / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
