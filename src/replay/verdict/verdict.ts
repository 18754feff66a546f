// Counts of results -> one word for the run (design section 6). The table stands in docs/reference/replay.md.

import type { Compared, Counts, ReplayVerdict, Result } from "../protocol.js";

/** All results, mildest first. */
export const results: readonly Result[] = [
  "equal",
  "ignorable",
  "bound",
  "different",
  "missing",
  "unexpected",
  "expected",
];

/** What a run's messages came to. */
export class Tally {
  private readonly counted: Record<Result | "unmet" | "unfulfilled" | "forks", number> = {
    equal: 0,
    ignorable: 0,
    bound: 0,
    different: 0,
    missing: 0,
    unexpected: 0,
    expected: 0,
    unmet: 0,
    unfulfilled: 0,
    forks: 0,
  };
  private failed = false;

  /** Counts a message; a missing one of the station's own dialogue fails the run, a missing CSMS call does not. */
  add(compared: Compared, owed: boolean): void {
    this.counted[compared.result]++;
    if (compared.result === "different" || (compared.result === "missing" && owed)) this.failed = true;
  }

  /** Counts an expected failure that did not come: the expectation is no longer true, and somebody must know. */
  addUnmet(): void {
    this.counted.unmet++;
    this.failed = true;
  }

  /** Counts an accepted call whose effect the recording does not have; that alone does not fail a run. */
  unfulfilled(): void {
    this.counted.unfulfilled++;
  }

  /** Counts a fork; the message that made it fails the run. */
  fork(): void {
    this.counted.forks++;
  }

  /** Something else than a message fails the run. */
  fail(): void {
    this.failed = true;
  }

  get counts(): Counts {
    return { ...this.counted };
  }

  get verdict(): ReplayVerdict {
    if (this.failed) return "fail";
    if (Object.values(this.counted).every((count) => count === 0)) return "not-applicable";
    return this.counted.missing > 0 || this.counted.unexpected > 0 ? "partial" : "pass";
  }
}
