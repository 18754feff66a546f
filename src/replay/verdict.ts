// Counts of results -> one word for the run (design section 6). The table stands in docs/reference/replay.md.

import type { Compared, Counts, Result, Verdict } from "./protocol.js";

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
  private readonly counted: Record<Result | "unmet", number> = {
    equal: 0,
    ignorable: 0,
    bound: 0,
    different: 0,
    missing: 0,
    unexpected: 0,
    expected: 0,
    unmet: 0,
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

  get counts(): Counts {
    return { ...this.counted };
  }

  get verdict(): Verdict {
    if (this.failed) return "fail";
    if (Object.values(this.counted).every((count) => count === 0)) return "not-applicable";
    return this.counted.missing > 0 || this.counted.unexpected > 0 ? "partial" : "pass";
  }
}
