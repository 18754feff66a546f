// The options that select the part of a recording that `replay` plays.

import { type Command, InvalidArgumentError } from "commander";
import type { PrologueKind } from "../../analyse/select/prologue.js";
import type { SelectedPart } from "../../app/replay/selected-plan.js";
import type { GivenValue } from "../../replay/plan/unbound.js";
import {
  addPrologueOption,
  addSelectionOptions,
  type SelectionOptions,
  selectionOf,
} from "../options/selection-options.js";

/** The options of a replay that select. */
export interface ReplaySelectionOptions extends SelectionOptions {
  readonly prologue: PrologueKind;
  readonly bind?: readonly GivenValue[];
  readonly startMissing?: true;
  readonly skipUnbound?: true;
}

/** The part of a recording that the options select. Throws VcrError USAGE where they do not go together. */
export function partOf(options: ReplaySelectionOptions): SelectedPart {
  const { prologue, bind, startMissing, skipUnbound } = options;
  return { selection: selectionOf(options), prologue, bind, startMissing, skipUnbound };
}

/** Reads `transactionId:4711=VALUE`. */
const givenValue = (value: string, before: readonly GivenValue[] = []): readonly GivenValue[] => {
  const found = /^transactionId:([^=]+)=(.+)$/.exec(value);
  if (found === null)
    throw new InvalidArgumentError(
      `"${value}" binds nothing; write transactionId:RECORDED=VALUE, for example transactionId:4711=17.`,
    );
  return [...before, { kind: "transactionId", recorded: found[1] ?? "", value: found[2] ?? "" }];
};

/** Adds the options to a command. */
export function addReplaySelectionOptions(command: Command): Command {
  return addPrologueOption(addSelectionOptions(command))
    .option(
      "--bind <name=value>",
      "the live value for one that was handed out before the cut: transactionId:4711=17; may be given several times",
      givenValue,
    )
    .option("--start-missing", "begin the transactions that were begun before the cut, as recorded")
    .option("--skip-unbound", "leave out what carries a value that was handed out before the cut");
}
