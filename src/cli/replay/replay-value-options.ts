// The options of `replay` about the values that it writes: bindings, ids, dates, meters, and transactions at its end.

import { type Command, Option } from "commander";
import { usualMeterState } from "../../app/replay/replay-values.js";
import { wholeNumber } from "../common/values.js";

/** Adds the options. */
export function addValueOptions(command: Command): Command {
  return command
    .option("--bindings <file>", "more values that the CSMS chooses: where they are learned and used (YAML)")
    .addOption(
      new Option(
        "--ids <how>",
        "message ids and 2.x transaction ids: made anew, or as recorded (default: fresh in 2.x, keep in 1.6)",
      ).choices(["fresh", "keep"]),
    )
    .addOption(
      new Option("--seed <n>", "seed of the generated ids, with --run").argParser(wholeNumber(0)).default(0),
    )
    .addOption(
      new Option(
        "--run <n>",
        "repeat the run of this number (default: a random one, which is printed)",
      ).argParser(wholeNumber(0)),
    )
    .addOption(
      new Option(
        "--time <how>",
        "dates: the latest becomes now, the first does, whole days, or as recorded (default: end-now; start-now for timed at rate 1)",
      ).choices(["end-now", "start-now", "days", "keep"]),
    )
    .addOption(
      new Option("--meter <how>", "registers as recorded, or on from the last stop at this CSMS")
        .choices(["keep", "continue"])
        .default("keep"),
    )
    .option(
      "--meter-state <file>",
      `where --meter continue keeps the last stops (default: ${usualMeterState})`,
    )
    .option("--leave-open", "do not end the transactions that are open when the replay ends");
}

/** Lines for the examples of `replay --help`. */
export const valueExamples = `  ocpp-vcr replay incident.cassette --run 48213 --ids fresh --time keep
  ocpp-vcr replay incident.cassette --time days --meter continue --meter-state meters.json
  ocpp-vcr replay incident.cassette --bindings bindings.yaml --seed 7 --leave-open`;
