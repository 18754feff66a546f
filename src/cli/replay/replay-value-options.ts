// The options of `replay` about the values that it sends: bindings, ids, dates, meter readings, and the end of open
// transactions.

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
        "message ids and 2.x transaction ids: new, or as recorded (default: fresh in 2.x, keep in 1.6)",
      ).choices(["fresh", "keep"]),
    )
    .addOption(
      new Option("--seed <n>", "with --run, determines the new ids").argParser(wholeNumber(0)).default(0),
    )
    .addOption(
      new Option(
        "--run <n>",
        "repeat the run with this number (default: a random one, which is printed)",
      ).argParser(wholeNumber(0)),
    )
    .addOption(
      new Option(
        "--time <how>",
        "move dates so that the last or the first one is now, by whole days, or not at all (default: end-now; start-now for timed at rate 1)",
      ).choices(["end-now", "start-now", "days", "keep"]),
    )
    .addOption(
      new Option(
        "--meter <how>",
        "meter registers: as recorded, or continued from the last stop at this CSMS",
      )
        .choices(["keep", "continue"])
        .default("keep"),
    )
    .option(
      "--meter-state <file>",
      `file in which --meter continue keeps the last stops (default: ${usualMeterState})`,
    )
    .option("--leave-open", "do not stop the transactions that are open when the replay ends");
}

/** Examples for the help. */
export const valueExamples = `  ocpp-vcr replay incident.cassette --run 48213 --ids fresh --time keep
  ocpp-vcr replay incident.cassette --time days --meter continue --meter-state meters.json
  ocpp-vcr replay incident.cassette --bindings bindings.yaml --seed 7 --leave-open`;
