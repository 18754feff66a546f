// The options of `replay`, in groups: each group adds its options and refuses what does not go together. A new
// subject is a new group (in a file of its own where it is large) and one line in the list at the end.

import { type Command, Option } from "commander";
import type { ReplayValueOptions } from "../../app/replay/replay-values.js";
import type { CsmsTlsOptions } from "../../app/tls-plan.js";
import { VcrError } from "../../base/errors.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import { csmsUrl, durationMs, positiveNumber } from "../common/values.js";
import { storeOption } from "../options/store-options.js";
import { addTargetOptions, type TargetOptions } from "../options/target-options.js";
import { addCsmsTlsOptions } from "../options/tls-options.js";
import { addFlowOptions, checkFlow, type ReplayFlowOptions } from "./replay-flow-options.js";
import {
  addReplayReportOptions,
  checkReplayReportOptions,
  type ReplayReportOptions,
} from "./replay-report-options.js";
import { addReplaySelectionOptions, type ReplaySelectionOptions } from "./replay-selection-options.js";
import { addValueOptions } from "./replay-value-options.js";

/** Where a replay goes, and as whom. */
export interface DestinationOptions extends CsmsTlsOptions, TargetOptions {
  readonly keylog?: string;
  readonly csms?: URL | "embedded";
  readonly identity?: string;
}

/** How the sends of a replay follow each other. */
export interface PaceOptions {
  readonly pace: Pace;
  readonly rate?: number;
  readonly timeout: number;
}

/** Whose side of a recording under faults is replayed. */
export interface SideOptions {
  readonly side: "charger" | "csms";
}

/** Looks at a replay instead of the replay itself. */
export interface LookOptions {
  readonly dryRun?: boolean;
  readonly probe?: boolean;
}

/** What a replay leaves behind. */
export interface OutputOptions {
  readonly transcript?: string;
  readonly json?: true;
}

/** What `replay` is told. */
export interface ReplayOptions
  extends DestinationOptions,
    ReplaySelectionOptions,
    SideOptions,
    ReplayValueOptions,
    PaceOptions,
    ReplayFlowOptions,
    LookOptions,
    OutputOptions,
    ReplayReportOptions {}

/** Options about one subject. */
export interface OptionGroup {
  /** Adds them to a command. */
  add(command: Command): void;
  /** Refuses what does not go together. Throws VcrError USAGE. */
  check?(options: ReplayOptions, cassettes: readonly string[]): void;
}

const destination: OptionGroup = {
  add: (command) =>
    void addCsmsTlsOptions(command.addOption(storeOption()))
      .option("--keylog <file>", "write the secrets of TLS there, for Wireshark (or SSLKEYLOGFILE)")
      .addOption(
        new Option(
          "-c, --csms <url>",
          "the CSMS: ws[s]://host[:port][/base] (default: the embedded one)",
        ).argParser(csmsUrl),
      )
      .option("--identity <id>", "dial as this charge point instead of the recorded one"),
};

const target: OptionGroup = { add: (command) => void addTargetOptions(command) };

const side: OptionGroup = {
  add: (command) =>
    void command.addOption(
      new Option(
        "--side <side>",
        "of a recording under faults: what the charger meant, or what the CSMS got (dropped, doubled, broken, late)",
      )
        .choices(["charger", "csms"])
        .default("charger"),
    ),
};

const selection: OptionGroup = { add: (command) => void addReplaySelectionOptions(command) };

const values: OptionGroup = { add: (command) => void addValueOptions(command) };

const look: OptionGroup = {
  add: (command) =>
    void command
      .option("--dry-run", "dial nothing; print the steps, and what the CSMS must know and do for them")
      .option("--probe", "dial each identity once, tell what the CSMS answers, and replay nothing"),
};

const pace: OptionGroup = {
  add: (command) =>
    void command
      .addOption(
        new Option(
          "--pace <pace>",
          "a send waits for the answer before it; for the recorded time, too; for values alone; for a person",
        )
          .choices(["lockstep", "timed", "asap", "manual"])
          .default("lockstep"),
      )
      .addOption(new Option("--rate <x>", "timed: x times as fast as recorded").argParser(positiveNumber))
      .addOption(
        new Option("--timeout <time>", "the longest time without progress")
          .argParser(durationMs)
          .default(30_000, "30s"),
      ),
  check: (options) => {
    if (options.rate !== undefined && options.pace !== "timed")
      throw new VcrError(
        "USAGE",
        "--rate goes with --pace timed alone",
        "Add --pace timed, or leave --rate out.",
      );
  },
};

const flow: OptionGroup = {
  add: (command) => void addFlowOptions(command),
  check: (options) => checkFlow(options, process.stdin.isTTY === true),
};

const output: OptionGroup = {
  add: (command) =>
    void command
      .option("--transcript <file>", "write what really happened as a cassette")
      .option("--json", "one JSON object per compared message on stdout, words on stderr"),
  check: ({ transcript }, cassettes) => {
    if (transcript !== undefined && cassettes.length > 1)
      throw new VcrError("USAGE", "--transcript takes the transcript of one cassette", "Give one cassette.");
  },
};

const reports: OptionGroup = { add: addReplayReportOptions, check: checkReplayReportOptions };

/** All options of `replay`, in the order of its help. */
export const replayOptionGroups: readonly OptionGroup[] = [
  destination,
  target,
  side,
  selection,
  values,
  pace,
  flow,
  look,
  output,
  reports,
];
