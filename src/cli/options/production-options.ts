// The options that mark a CSMS as a production system and confirm it; see app/production-guard.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";

/** The values of these options. */
export interface ProductionOptions {
  readonly production?: boolean;
  readonly toProduction?: string;
}

/** Adds the options that mark a target as production, and confirm it. */
export function addProductionOptions(command: Command): Command {
  return command
    .option(
      "--production",
      "the CSMS is a production system: refuse to disturb it or replay to it without --to-production",
    )
    .addOption(
      new Option("--to-production <host>", "allow a production system; must be the host name of the CSMS"),
    );
}

/** The confirmed host. Throws VcrError USAGE if it comes from a configuration file, which would confirm every run. */
export function confirmedHost(command: Command): string | undefined {
  const { toProduction } = command.opts<ProductionOptions>();
  if (toProduction !== undefined && command.getOptionValueSource("toProduction") === "config")
    throw new VcrError(
      "USAGE",
      "to-production is in a configuration file, where it would confirm every run",
      "Give --to-production on the command line.",
    );
  return toProduction;
}
