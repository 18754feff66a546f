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

/** The part of a recording that the options select. Throws VcrError USAGE for --span without --around. */
export function partOf(options: ReplaySelectionOptions): SelectedPart {
  const { prologue, bind, startMissing, skipUnbound } = options;
  return { selection: selectionOf(options), prologue, bind, startMissing, skipUnbound };
}

/** Reads `transactionId:4711=VALUE`. */
const givenValue = (value: string, before: readonly GivenValue[] = []): readonly GivenValue[] => {
  const found = /^transactionId:([^=]+)=(.+)$/.exec(value);
  if (found === null)
    throw new InvalidArgumentError(
      `"${value}" is not a binding; write transactionId:RECORDED=VALUE, for example transactionId:4711=17.`,
    );
  return [...before, { kind: "transactionId", recorded: found[1] ?? "", value: found[2] ?? "" }];
};

/** Adds the options to a command. */
export function addReplaySelectionOptions(command: Command): Command {
  return addPrologueOption(addSelectionOptions(command))
    .option(
      "--bind <name=value>",
      "send 17 for the id 4711 from before the selected part: transactionId:4711=17; repeat for more",
      givenValue,
    )
    .option(
      "--start-missing",
      "first send the recorded start of transactions that began before the selected part",
    )
    .option("--skip-unbound", "leave out messages with an id from before the selected part");
}
