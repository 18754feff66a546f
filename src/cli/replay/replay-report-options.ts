// The options of `replay` about its verdict and what is written of it.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import { csmsUrl } from "../common/values.js";
import { addCompareOptions, type CompareOptions } from "../options/compare-options.js";

/** How a replay is judged, and who is told. */
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
      new Option("--expect <file>", "failures that are known, as a YAML list (several times)").argParser(
        each,
      ),
    )
    .addOption(
      new Option(
        "--allow-missing <actions>",
        "calls of the CSMS that may stay out, with commas between; * and ? stand for anything",
      ).argParser(words),
    )
    .option("--junit <file>", "write the result as JUnit XML")
    .option("--github", "print annotations for GitHub Actions, and add to its step summary")
    .option("--report <file>", "write both dialogues side by side as a page for a browser")
    .addOption(
      new Option(
        "--against <url>",
        "replay to this CSMS, too, and compare its answers with the first one's",
      ).argParser(csmsUrl),
    );
}

/** Refuses what does not go together. */
export function checkReplayReportOptions(
  options: ReplayReportOptions & { readonly transcript?: string },
): void {
  if (options.against === undefined) return;
  for (const name of ["junit", "github", "expect", "allowMissing", "transcript"] as const)
    if (options[name] !== undefined)
      throw new VcrError(
        "USAGE",
        `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)} does not go with --against, which compares two CSMSs and not the recording`,
        "Leave one of them out.",
      );
}
