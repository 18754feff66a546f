// How much slower than recorded an answer may be: a factor, an extra time, or both: `2x`, `+500ms`, `2x+50ms`.

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

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** Reads `2x`, `+500ms` or `2x+50ms`; undefined for anything else. */
export function readSlowdown(text: string): Slowdown | undefined {
  const found = /^(?:(\d{1,6}(?:\.\d{1,6})?)x)?(?:\+(\d{1,9}(?:\.\d{1,3})?)(ms|s|m))?$/.exec(text.trim());
  const [, factor, span, unit] = found ?? [];
  if (factor === undefined && span === undefined) return undefined;
  if (factor !== undefined && Number(factor) < 1) return undefined;
  return { factor: Number(factor ?? 1), plusMs: Number(span ?? 0) * (milliseconds[unit ?? ""] ?? 0) };
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
