// Which trials a sweep of a recording runs.

import { VcrError } from "../../base/errors.js";
import { assumedVersion } from "../../ocpp/version.js";
import type { Plan } from "../../replay/plan/plan.js";
import { catalogueTrials, ruleTrials, type Trials } from "../../sweep/trials.js";
import { matchesGlob } from "../../text/glob.js";
import { printable } from "../../text/printable.js";
import { loadRules } from "../rule-file.js";

/** The trials of a sweep, and the seed that their rule file names. */
export interface ChosenTrials extends Trials {
  readonly fileSeed: number | undefined;
}

/**
 * The trials of `faults` (`all`, `preset:NAME` or a rule file) whose names match the glob `only`. Throws VcrError
 * RULES_INVALID, or USAGE where no name matches.
 */
export function chooseTrials(faults: string, only: string | undefined, plan: Plan): ChosenTrials {
  const version = [...plan.versions.values()][0] ?? assumedVersion;
  const actions = new Set(plan.steps.flatMap((step) => (step.kind === "call" ? [step.action] : [])));
  const dialogue = { version, actions };
  const ruleSet = faults === "all" ? undefined : loadRules(faults);
  const all = ruleSet === undefined ? catalogueTrials(dialogue) : ruleTrials(ruleSet, dialogue);
  const fileSeed = ruleSet?.seed;
  if (only === undefined) return { ...all, fileSeed };
  const isMeant = ({ name }: { readonly name: string }): boolean => matchesGlob(only, name);
  const trials = all.trials.filter(isMeant);
  const leftOut = all.leftOut.filter(isMeant);
  if (trials.length + leftOut.length === 0)
    throw new VcrError(
      "USAGE",
      `no fault is called ${printable(only, 80)}`,
      `There are ${all.trials.map(({ name }) => name).join(", ")}.`,
    );
  return { trials, leftOut, fileSeed };
}
