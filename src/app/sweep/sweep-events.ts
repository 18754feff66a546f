// What happens in a sweep, and its result.

import type { TrialResult } from "../../io/sweep/run-sweep.js";
import type { SweepOutcome } from "../../sweep/outcome.js";
import type { LeftOut } from "../../sweep/trials.js";
import type { PlanningEvent } from "../replay/planning-events.js";

/** The result of a whole sweep. */
export interface SweepSummary {
  readonly results: readonly TrialResult[];
  readonly leftOut: readonly LeftOut[];
  /** Names of the faults that were not reached: the CSMS did not come back, or the sweep was stopped. */
  readonly notTried: readonly string[];
  readonly seed: number;
  /** All faults were tried, and no outcome is worse than `recovered`. */
  readonly ok: boolean;
  /** The worst outcome; null without results. */
  readonly worst: SweepOutcome | null;
  /** How many faults came to each outcome. */
  readonly counts: Readonly<Record<SweepOutcome, number>>;
}

/** One thing that happened in a sweep. */
export type SweepEvent =
  | PlanningEvent
  /** The seed of the faults, and the number of the run, on which generated ids depend. */
  | { readonly kind: "begin"; readonly seed: number; readonly run: number }
  /** The clean replay is over: how many CALLs the CSMS answered, and how many faults follow. */
  | { readonly kind: "clean"; readonly answered: number; readonly trials: number }
  /** A fault is tried now; `number` counts from 1. */
  | { readonly kind: "trial"; readonly number: number; readonly trials: number; readonly name: string }
  | { readonly kind: "result"; readonly result: TrialResult }
  | { readonly kind: "cassette-failed"; readonly path: string; readonly error: Error };
