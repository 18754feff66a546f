// The options that mark a CSMS as a production system and confirm it; what they guard against is told in app/production-guard.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";

/** What the guard is told. */
export interface ProductionOptions {
  readonly production?: boolean;
  readonly toProduction?: string;
}

/** Adds the options that mark a target as production, and confirm it. */
export function addProductionOptions(command: Command): Command {
  return command
    .option("--production", "the CSMS is a production system: nothing goes there without --to-production")
    .addOption(
      new Option(
        "--to-production <host>",
        "go to this production host all the same; the name must be the CSMS's",
      ),
    );
}

/** The name that was repeated; a file that repeats it every time would be no guard. Throws VcrError USAGE. */
export function confirmedHost(command: Command): string | undefined {
  const { toProduction } = command.opts<ProductionOptions>();
  if (toProduction !== undefined && command.getOptionValueSource("toProduction") === "config")
    throw new VcrError(
      "USAGE",
      "to-production stands in a configuration file, where it would confirm every run",
      "Give --to-production on the command line.",
    );
  return toProduction;
}
