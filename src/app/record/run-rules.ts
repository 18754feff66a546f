// The rules at the start of a run, and the guard of production systems.

import { VcrError } from "../../base/errors.js";
import type { RecordedFaults } from "../../rules/deciding/recorded-faults.js";
import type { RuleSet } from "../../rules/language/rule-set.js";
import { recordedFaultsFrom } from "../faults-from.js";
import { guardError } from "../production-guard.js";
import { ruleSetOf } from "../rule-file.js";
import type { RecordOptions } from "./record-options.js";

/** The rules of a run, and the recorded faults that it repeats with `faultsFrom`. */
export interface RunRules {
  readonly ruleSet: RuleSet | undefined;
  readonly recorded: RecordedFaults | undefined;
  readonly seed: number;
}

/** Reads the rules, or the recorded faults, that the options name. Throws VcrError. */
export async function rulesOf(options: RecordOptions, notice: (message: string) => void): Promise<RunRules> {
  const { faultsFrom, rules, seed } = options;
  if (faultsFrom === undefined) {
    const ruleSet = rules === undefined ? undefined : ruleSetOf(rules);
    return { ruleSet, recorded: undefined, seed: seed ?? ruleSet?.seed ?? 0 };
  }
  if (rules !== undefined || seed !== undefined)
    throw new VcrError(
      "USAGE",
      "--faults-from brings its own rules and draws",
      "Leave --rules and --seed out, or --faults-from.",
    );
  const faults = await recordedFaultsFrom(faultsFrom, notice);
  const recorded = { ...faults, ruleSet: { ...faults.ruleSet, seed: faults.seed } };
  return { ruleSet: recorded.ruleSet, recorded, seed: faults.seed };
}

/** The error PRODUCTION_GUARDED if faults to this CSMS are refused; undefined if they are allowed. */
export function faultGuard(options: RecordOptions, csms: URL | "embedded"): VcrError | undefined {
  if (csms === "embedded") return undefined;
  const { csmsConnect, production, toProduction } = options;
  return guardError({
    what: "faults",
    hosts: [csms.hostname, ...(csmsConnect === undefined ? [] : [csmsConnect.host])],
    recordedFrom: new Set(),
    isMarked: production === true,
    confirmed: toProduction,
  });
}
