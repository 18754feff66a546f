// The options of `replay`: their descriptions, their readers, and the settings of the library made from them.

import { type Command, Option } from "commander";
import type { ReplayEvent } from "../../app/replay/replay-events.js";
import type { ReplayOperator, ReplaySettings } from "../../app/replay/replay-settings.js";
import type { ReplayValueOptions } from "../../app/replay/replay-values.js";
import type { Environment } from "../../app/surroundings.js";
import type { CsmsTlsOptions } from "../../app/tls-options.js";
import { VcrError } from "../../base/errors.js";
import { groupHelp, type HelpGroup } from "../common/help-groups.js";
import { csmsUrl } from "../common/values.js";
import { ignoreOf } from "../options/compare-options.js";
import { targetSettingsOf } from "../options/read-target.js";
import { storeOption } from "../options/store-options.js";
import { addTargetOptions, type TargetOptions } from "../options/target-options.js";
import { addCsmsTlsOptions } from "../options/tls-options.js";
import { addFlowOptions, checkFlow, flowOf, type ReplayFlowFlags } from "./replay-flow-options.js";
import {
  addReplayReportOptions,
  checkReplayReportOptions,
  type ReplayReportOptions,
} from "./replay-report-options.js";
import {
  addReplaySelectionOptions,
  partOf,
  type ReplaySelectionOptions,
} from "./replay-selection-options.js";
import { addValueOptions } from "./replay-value-options.js";

/** The options of `replay` as commander gives them. */
export interface ReplayFlags
  extends CsmsTlsOptions,
    TargetOptions,
    ReplaySelectionOptions,
    ReplayValueOptions,
    ReplayReportOptions,
    Omit<ReplayFlowFlags, "maxRate"> {
  readonly csms?: URL | "embedded";
  readonly identity?: string;
  readonly keylog?: string;
  /** Which side of a recording with faults is replayed. */
  readonly side: "charger" | "csms";
  readonly dryRun?: boolean;
  readonly probe?: boolean;
  readonly transcript?: string;
  readonly json?: true;
}

/** The parts of the settings that do not come from options. */
export interface ReplayWiring {
  readonly env: Environment;
  /** The production host that was confirmed. */
  readonly toProduction: string | undefined;
  readonly cassettes: readonly string[];
  readonly operator: ReplayOperator | undefined;
  readonly emit: (event: ReplayEvent) => void;
}

/** The settings of the session from these options. Throws VcrError. */
export function replaySettingsOf(flags: ReplayFlags, wiring: ReplayWiring): ReplaySettings {
  const { csms = "embedded", against, csmsConnect, production, side, transcript } = flags;
  const { maxSlowdown, allowMissing = [], expect = [] } = flags;
  const { env, toProduction, cassettes, operator, emit } = wiring;
  const isSingle = cassettes.length === 1;
  return {
    ...{ csms, against, csmsConnect, production, toProduction, side, transcript, operator, env, emit },
    tls: flags,
    target: targetSettingsOf(env, flags),
    part: partOf(flags),
    values: flags,
    flow: flowOf(flags),
    judging: { ignore: ignoreOf(flags), maxSlowdown, allowMissing, expect, isSingle },
  };
}

/** Refuses options that exclude each other. Throws VcrError USAGE. */
export function checkReplayFlags(flags: ReplayFlags, cassettes: readonly string[]): void {
  if (flags.transcript !== undefined && cassettes.length > 1)
    throw new VcrError("USAGE", "--transcript is for one cassette", "Give one cassette.");
  checkFlow(flags, process.stdin.isTTY === true);
  checkReplayReportOptions(flags);
}

const helpGroups: readonly HelpGroup[] = [
  [
    "Everyday options",
    ...[
      "csms",
      "target",
      "identity",
      "password-file",
      "pace",
      "transaction",
      "from",
      "dry-run",
      "report",
      "json",
    ],
  ],
  [
    "The part that is replayed",
    ...[
      "to",
      "around",
      "span",
      "connector",
      "only",
      "skip",
      "prologue",
      "bind",
      "start-missing",
      "skip-unbound",
    ],
    "side",
  ],
  [
    "Names, values and passwords at the target",
    ...["map-identity", "map-id-tag", "set", "password-env", "csms-basic", "credential", "max-rate"],
  ],
  [
    "Ids, dates and meters",
    ...["ids", "seed", "run", "time", "meter", "meter-state", "bindings", "leave-open"],
  ],
  ["Flow", ...["rate", "timeout", "call-timeout", "on-missing-call", "on-wait", "on-fork", "clock"]],
  ["Verdict", ...["ignore", "ignore-path", "max-slowdown", "expect", "allow-missing", "against"]],
  ["Output", ...["transcript", "junit", "github", "probe"]],
  [
    "TLS for the CSMS",
    ...["csms-ca", "csms-insecure", "csms-cert", "csms-key", "csms-cert-dir", "csms-mint", "csms-mint-ca"],
    ...["csms-connect", "certs", "keylog"],
  ],
  ["Production systems", ...["production", "to-production"]],
];

const addDestinationOptions = (command: Command): Command =>
  addCsmsTlsOptions(command.addOption(storeOption()))
    .option("--keylog <file>", "write the TLS secrets to this file, for Wireshark (or set SSLKEYLOGFILE)")
    .addOption(
      new Option(
        "-c, --csms <url>",
        "the CSMS: ws[s]://host[:port][/base] (default: the embedded one)",
      ).argParser(csmsUrl),
    )
    .option("--identity <id>", "dial as this charge point instead of the recorded one");

const addOutputOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--side <side>",
        "for a recording with faults: replay what the charger sent, or what the CSMS received",
      )
        .choices(["charger", "csms"])
        .default("charger"),
    )
    .option("--dry-run", "dial nothing; print the steps and what the CSMS needs for them")
    .option("--probe", "dial each identity once, print whether the CSMS accepts it, and replay nothing")
    .option("--transcript <file>", "write the dialogue of this replay to this cassette")
    .option("--json", "one JSON object per compared message on stdout, messages on stderr");

/** Adds the options of `replay`. */
export function addReplayOptions(command: Command): Command {
  addTargetOptions(addDestinationOptions(command));
  addFlowOptions(addValueOptions(addReplaySelectionOptions(addOutputOptions(command))));
  addReplayReportOptions(command);
  return groupHelp(command, helpGroups);
}
