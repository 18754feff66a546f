// The counts of results -> the verdict of a run; docs/reference/replay.md has the table.

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

/** Counts the results of a run. */
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

  /** Counts a message; `owed`: the run fails if it is missing. A missing call of the CSMS does not fail the run. */
  add(compared: Compared, owed: boolean): void {
    this.counted[compared.result]++;
    if (compared.result === "different" || (compared.result === "missing" && owed)) this.failed = true;
  }

  /** Counts an expected failure that did not occur; that fails the run, because the expectation is out of date. */
  addUnmet(): void {
    this.counted.unmet++;
    this.failed = true;
  }

  /** Counts an accepted call whose effect is not in the recording; that alone does not fail the run. */
  unfulfilled(): void {
    this.counted.unfulfilled++;
  }

  /** Counts a fork; its message fails the run. */
  fork(): void {
    this.counted.forks++;
  }

  /** Fails the run for another reason than a message. */
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
