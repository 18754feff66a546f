// The part of a recording that `replay` plays: the options that select it, and what is done about values that were
// handed out in front of it. Reads words and makes the plan; the run itself is somebody else's.

import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { PrologueKind } from "../../analyse/select/prologue.js";
import { type SelectOptions, selectEntries } from "../../analyse/select/select-entries.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { Plan } from "../../replay/plan/plan.js";
import {
  type GivenValue,
  type UnboundValue,
  unboundValues,
  valueName,
  withGiven,
} from "../../replay/plan/unbound.js";
import { printable } from "../../text/printable.js";
import { refuseEmpty } from "../cassettes/trim.js";
import {
  addPrologueOption,
  addSelectionOptions,
  hasSelection,
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
export interface PlanRequest {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly options: ReplaySelectionOptions;
  /** Makes a plan of what is selected. */
  readonly compile: (entries: readonly Entry[]) => Plan;
  readonly say: (line: string) => void;
  /** Whether the command line names this cassette; of a folder, those without what is selected are left out. */
  readonly isNamed: boolean;
}

const select = (request: PlanRequest, more: Partial<SelectOptions>): readonly Entry[] => {
  const { path, entries, options } = request;
  const isCut = hasSelection(options) || Object.keys(more).length > 0;
  if (!isCut) return entries;
  const prologue = options.prologue;
  const selected = selectEntries(entries, selectionOf(options), { prologue, ...more }, inflate);
  refuseEmpty(path, selected);
  return selected.entries;
};

const stepsOf = ({ steps }: UnboundValue): string =>
  steps.length === 1 ? "1 step" : `${steps.length} steps`;

const refuseUnbound = (path: string, unbound: readonly UnboundValue[], wasTried: boolean): void => {
  if (unbound.length === 0) return;
  const all = unbound.map((value) => `${printable(valueName(value), 100)} is carried by ${stepsOf(value)}`);
  const why = wasTried ? "and the recording does not hold its start" : "and was handed out before the cut";
  const binds = unbound.map((value) => `--bind ${printable(valueName(value), 100)}=VALUE`).join(" ");
  const others = wasTried ? "or --skip-unbound" : "--start-missing or --skip-unbound";
  throw new VcrError("USAGE", `${printable(path)}: ${all.join(", ")}, ${why}`, `Give ${binds}, ${others}.`);
};

const isGiven = (value: UnboundValue, given: readonly GivenValue[]): boolean =>
  given.some((one) => valueName(one) === valueName(value));

const tellBinds = (request: PlanRequest, loose: readonly UnboundValue[]): void => {
  const { options, say } = request;
  for (const one of options.bind ?? [])
    if (!loose.some((value) => isGiven(value, [one])))
      say(`  note       nothing waits for ${printable(valueName(one), 100)}; --bind does nothing for it`);
  for (const value of loose)
    if (!value.isHandedOut && !isGiven(value, options.bind ?? []))
      say(
        `  note       ${printable(valueName(value), 100)} is sent as recorded: the recording never saw it handed out`,
      );
};

/** The plan of what the options select of a recording; undefined for one in a folder that holds nothing of it. Throws VcrError USAGE where something is missing. */
export function planOfSelection(request: PlanRequest): Plan | undefined {
  const { path, entries, options, compile, say, isNamed } = request;
  if (!isNamed && hasSelection(options) && isUntouched(request)) {
    say(`${printable(path)}: left out, it holds nothing of the selection`);
    return undefined;
  }
  const { bind = [], startMissing = false, skipUnbound = false } = options;
  const isOpen = (value: UnboundValue): boolean => value.isHandedOut && !isGiven(value, bind);
  const looseOf = (plan: Plan): readonly UnboundValue[] => unboundValues(plan, entries, inflate);
  let plan = compile(select(request, {}));
  let loose = looseOf(plan);
  tellBinds(request, loose);
  let open = loose.filter(isOpen);
  if (open.length > 0 && startMissing) {
    const starts = open.map(bareOf);
    plan = compile(select(request, { starts }));
    loose = looseOf(plan);
    const left = loose.filter(isOpen);
    for (const value of open)
      if (!left.some((one) => valueName(one) === valueName(value)))
        say(`  note       the recorded start of ${printable(valueName(value), 100)} is sent first`);
    open = left;
  }
  if (open.length > 0 && skipUnbound) {
    for (const value of open)
      say(`  note       left out: ${stepsOf(value)} with ${printable(valueName(value), 100)}`);
    const starts = startMissing ? { starts: loose.map(bareOf) } : {};
    plan = compile(select(request, { ...starts, without: open.map(bareOf) }));
    open = looseOf(plan).filter(isOpen);
  }
  refuseUnbound(path, open, startMissing);
  return withGiven(plan, bind);
}

const isUntouched = ({ entries, options }: PlanRequest): boolean =>
  selectEntries(entries, selectionOf(options), { prologue: "none" }, inflate).kept === 0;

/** The value without quotes. */
const bareOf = (value: UnboundValue): string => valueName(value).slice(value.kind.length + 1);
