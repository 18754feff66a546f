// The options that select a part of a recording, the same for every command that has them. analyse/select decides which
// messages belong to a selection.

import { type Command, Option } from "commander";
import { type PrologueKind, prologueKinds } from "../../analyse/select/prologue.js";
import { isEverything, type Selection } from "../../analyse/select/selection.js";
import type { SelectionTime } from "../../analyse/select/selection-time.js";
import { readMoment, usualSpanMs } from "../../app/selection.js";
import { VcrError } from "../../base/errors.js";
import { writeInstant } from "../../base/instant.js";
import { asArgument, durationMs, eachValue } from "../common/values.js";

/** The values of the options. */
export interface SelectionOptions {
  readonly transaction?: readonly string[];
  readonly from?: SelectionTime;
  readonly to?: SelectionTime;
  readonly around?: readonly string[];
  readonly span?: number;
  readonly connector?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** Reads a moment: ISO 8601, a time of day, or a duration from the start. */
const momentOf = (value: string): SelectionTime => asArgument(() => readMoment(value));

/** Collects values that are separated by commas, or given several times. */
const eachWord = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== ""),
];

/** Adds the options of a selection to a command. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option("--transaction <id>", "only the messages of this transaction; repeat for more", eachValue)
    .addOption(
      new Option(
        "--from <moment>",
        "only from this moment on: ISO 8601, a time of day (UTC), or +90s from the start",
      ).argParser(momentOf),
    )
    .addOption(new Option("--to <moment>", "only up to this moment").argParser(momentOf))
    .option("--around <text>", "only around the markers with this text; repeat for more", eachValue)
    .addOption(
      new Option("--span <time>", "with --around: this long before and after (default: 5m)").argParser(
        durationMs,
      ),
    )
    .option(
      "--connector <n>",
      "only the messages of this connector (2.x: EVSE) and its transactions",
      eachWord,
    )
    .option(
      "--only <actions>",
      "only these actions and their answers, separated by commas; * and ? are wildcards",
      eachWord,
    )
    .option("--skip <actions>", "leave out these actions and their answers", eachWord);
}

/** Adds the option for the messages that are kept from before the selected part. */
export function addPrologueOption(command: Command): Command {
  return command.addOption(
    new Option(
      "--prologue <kind>",
      "messages kept from before the selected part: none, the boot and the last status of each connector, or also settings, lists, profiles and availability",
    )
      .choices([...prologueKinds])
      .default("boot" satisfies PrologueKind),
  );
}

/** The selection of these options. Throws VcrError USAGE for --span without --around. */
export function selectionOf(options: SelectionOptions): Selection {
  const { transaction = [], from, to, around = [], span, connector = [], only = [], skip = [] } = options;
  if (span !== undefined && around.length === 0)
    throw new VcrError("USAGE", "--span needs --around", "Add --around TEXT, or leave --span out.");
  const spanNs = (span ?? usualSpanMs) * 1e6;
  return { transactions: transaction, from, to, around, spanNs, connectors: connector, only, skip };
}

/** Whether an option selects anything. */
export function hasSelection(options: SelectionOptions): boolean {
  return !isEverything(selectionOf(options));
}

const spelled = (moment: SelectionTime): string => {
  switch (moment.kind) {
    case "from-start":
      return `+${moment.ns / 1e9}s`;
    case "wall":
      return writeInstant(moment.ns);
    case "time-of-day":
      return writeInstant(BigInt(Math.round(moment.ns))).slice(11, -1);
  }
};

/** The selection written as options of the command line. */
export function selectionWords(selection: Selection): string {
  const { transactions, from, to, around, spanNs, connectors, only, skip } = selection;
  const list = (name: string, values: readonly string[]): readonly string[] =>
    values.map((value) => `--${name} ${/[^\w.*?:-]/.test(value) ? JSON.stringify(value) : value}`);
  return [
    ...list("transaction", transactions),
    ...(from === undefined ? [] : [`--from ${spelled(from)}`]),
    ...(to === undefined ? [] : [`--to ${spelled(to)}`]),
    ...list("around", around),
    ...(around.length > 0 ? [`--span ${spanNs / 1e9}s`] : []),
    ...list("connector", connectors),
    ...list("only", only),
    ...list("skip", skip),
  ].join(" ");
}
