// The part of a recording that `replay` plays: the options that select it, and what is done about values that were
// handed out in front of it. Reads words and makes the plan; the run itself is somebody else's.

import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { PrologueKind } from "../../analyse/select/prologue.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { PlanMaking } from "../../replay/plan/compile-plan.js";
import type { Plan } from "../../replay/plan/plan.js";
import { planSelection, type ValueNote } from "../../replay/plan/select-plan.js";
import { type GivenValue, type UnboundValue, valueName } from "../../replay/plan/unbound.js";
import { printable } from "../../text/printable.js";
import { refuseEmpty } from "../cassettes/trim.js";
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

/** What a plan is made for. */
export interface CassettePlanRequest {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly options: ReplaySelectionOptions;
  readonly making: PlanMaking;
  readonly say: (line: string) => void;
  /** Whether the command line names this cassette; of a folder, those without what is selected are left out. */
  readonly isNamed: boolean;
}

const stepsOf = ({ steps }: UnboundValue): string => (steps === 1 ? "1 step" : `${steps} steps`);

const unboundError = (path: string, unbound: readonly UnboundValue[], wasTried: boolean): VcrError => {
  const all = unbound.map((value) => `${printable(valueName(value), 100)} is carried by ${stepsOf(value)}`);
  const why = wasTried ? "and the recording does not hold its start" : "and was handed out before the cut";
  const binds = unbound.map((value) => `--bind ${printable(valueName(value), 100)}=VALUE`).join(" ");
  const others = wasTried ? "or --skip-unbound" : "--start-missing or --skip-unbound";
  return new VcrError("USAGE", `${printable(path)}: ${all.join(", ")}, ${why}`, `Give ${binds}, ${others}.`);
};

const noteWords = (note: ValueNote): string => {
  const name = printable(valueName(note.value), 100);
  switch (note.what) {
    case "unused":
      return `nothing waits for ${name}; --bind does nothing for it`;
    case "as-recorded":
      return `${name} is sent as recorded: the recording never saw it handed out`;
    case "started":
      return `the recorded start of ${name} is sent first`;
    case "left-out":
      return `left out: ${stepsOf(note.value)} with ${name}`;
  }
};

/** The plan of what the options select of a recording; undefined for one in a folder that holds nothing of it. Throws VcrError USAGE where something is missing. */
export function planOfSelection(request: CassettePlanRequest): Plan | undefined {
  const { path, entries, options, making, say, isNamed } = request;
  const { prologue, bind = [], startMissing = false, skipUnbound = false } = options;
  const selection = selectionOf(options);
  const flags = { given: bind, startMissing, skipUnbound };
  const planned = planSelection({ entries, selection, prologue, ...flags, inflate, making });
  if (planned.kind === "nothing" && !isNamed && planned.selected.kept === 0) {
    say(`${printable(path)}: left out, it holds nothing of the selection`);
    return undefined;
  }
  for (const note of planned.notes) say(`  note       ${noteWords(note)}`);
  switch (planned.kind) {
    case "nothing":
      refuseEmpty(path, planned.selected);
      return undefined;
    case "unbound":
      throw unboundError(path, planned.values, startMissing);
    case "plan":
      return planned.plan;
  }
}
