// How much slower than recorded an answer may be: a factor, an extra time, or both: `2x`, `+500ms`, `2x+50ms`.

import { readFineDuration } from "../../base/duration.js";
/** The longest accepted latency is recorded latency x factor + plusMs. */
export interface Slowdown {
  readonly factor: number;
  readonly plusMs: number;
}

/** Milliseconds from a CALL to its answer, as recorded and now; null if unknown. */
export interface Latency {
  readonly recorded: number | null;
  readonly live: number | null;
}

/** Reads `2x`, `+500ms` or `2x+50ms`; undefined for anything else. */
export function readSlowdown(text: string): Slowdown | undefined {
  const [all, factor = "1", extra = "0ms"] =
    /^(?:(\d{1,6}(?:\.\d{1,6})?)x)?(?:\+(.+))?$/.exec(text.trim()) ?? [];
  const plusMs = readFineDuration(extra);
  return all === undefined || all === "" || plusMs === undefined || Number(factor) < 1
    ? undefined
    : { factor: Number(factor), plusMs };
}

/** Whether an answer took too long; false if a time is unknown. */
export function isTooSlow({ recorded, live }: Latency, slowdown: Slowdown | undefined): boolean {
  if (slowdown === undefined || recorded === null || live === null) return false;
  return live > recorded * slowdown.factor + slowdown.plusMs;
}

/** The time between two instants in milliseconds, rounded to three decimals; null if one is unknown or they are reversed. */
export function latencyMs(fromNs: number | null, toNs: number | null): number | null {
  if (fromNs === null || toNs === null || toNs < fromNs) return null;
  return Math.round((toNs - fromNs) / 1000) / 1000;
}
