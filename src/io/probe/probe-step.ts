// One thing that a probe or a doctor looked at, as data: commands turn it into lines, programs read it. A look takes as
// long as it may and says so where it was cut.

/** What was found. */
export interface ProbeStep {
  /** What was looked at: `dns`, `tcp`, `tls` ... */
  readonly step: string;
  /** `yes`: it is as it should be; `no`: it is in the way; `note`: worth knowing, in nobody's way; `skipped`: not looked at. */
  readonly result: "yes" | "no" | "note" | "skipped";
  readonly message: string;
  /** How long it took. */
  readonly ms?: number;
}

/** A deadline that many steps share. */
export interface Deadline {
  /** Milliseconds left, at most this many, at least 1. */
  left(atMost: number): number;
  readonly isOver: boolean;
}

/** Starts a deadline. */
export function startDeadline(totalMs: number): Deadline {
  const end = performance.now() + totalMs;
  return {
    left: (atMost) => Math.max(1, Math.min(atMost, end - performance.now())),
    get isOver() {
      return performance.now() >= end;
    },
  };
}

/** Measures a look. */
export async function timed<T>(look: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const begun = performance.now();
  const value = await look();
  return { value, ms: Math.round(performance.now() - begun) };
}
