// The result of one check of `probe` or `doctor`, and the deadline that the checks share.

/** The result of a check. */
export interface ProbeStep {
  /** What was checked: `dns`, `tcp`, `tls` ... */
  readonly step: string;
  /** `yes`: good; `no`: a problem; `note`: worth knowing, but no problem; `skipped`: not checked. */
  readonly result: "yes" | "no" | "note" | "skipped";
  readonly message: string;
  /** How long the check took, in milliseconds. */
  readonly ms?: number;
}

/** A deadline for several checks. */
export interface Deadline {
  /** Milliseconds left, at most this many, at least 1. */
  left(atMost: number): number;
  readonly isOver: boolean;
}

/** Starts a deadline. */
export function startDeadline(totalMs: number): Deadline {
  const endMs = performance.now() + totalMs;
  return {
    left: (atMost) => Math.max(1, Math.min(atMost, endMs - performance.now())),
    get isOver() {
      return performance.now() >= endMs;
    },
  };
}

/** Measures how long a check takes. */
export async function timed<T>(check: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const startedAtMs = performance.now();
  const value = await check();
  return { value, ms: Math.round(performance.now() - startedAtMs) };
}
