// The options of `replay` about its verdict and its reports.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import { csmsUrl } from "../common/values.js";
import { addCompareOptions, type CompareOptions } from "../options/compare-options.js";

/** The values of these options. */
export interface ReplayReportOptions extends CompareOptions {
  readonly expect?: readonly string[];
  readonly allowMissing?: readonly string[];
  readonly junit?: string;
  readonly github?: true;
  readonly report?: string;
  readonly against?: URL | "embedded";
}

const words = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== ""),
];

const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds the options to `replay`. */
export function addReplayReportOptions(command: Command): void {
  addCompareOptions(command)
    .addOption(
      new Option("--expect <file>", "known failures, as a YAML list; repeat for more").argParser(each),
    )
    .addOption(
      new Option(
        "--allow-missing <actions>",
        "calls of the CSMS that may be missing, separated by commas; * and ? are wildcards",
      ).argParser(words),
    )
    .option("--junit <file>", "write the result as JUnit XML")
    .option("--github", "print annotations for GitHub Actions, and append to its step summary")
    .option("--report <file>", "write an HTML page with both dialogues side by side")
    .addOption(
      new Option(
        "--against <url>",
        "replay to this CSMS as well, and compare its answers with those of --csms",
      ).argParser(csmsUrl),
    );
}

/** Refuses options that exclude each other. Throws VcrError USAGE. */
export function checkReplayReportOptions(
  options: ReplayReportOptions & { readonly transcript?: string },
): void {
  if (options.against === undefined) return;
  for (const name of ["junit", "github", "expect", "allowMissing", "transcript"] as const)
    if (options[name] !== undefined)
      throw new VcrError(
        "USAGE",
        `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)} cannot be used with --against, which compares two CSMSs with each other`,
        "Leave one of them out.",
      );
}
