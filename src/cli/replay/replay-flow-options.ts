// The options of `replay` about its flow: pace, missing CSMS calls, forks, and the clock.

import { type Command, Option } from "commander";
import { type ReplayFlow, replayFlowOf } from "../../app/replay/replay-settings.js";
import { VcrError } from "../../base/errors.js";
import { type OnMissingCall, usualFlow } from "../../replay/station/run/flow.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import { durationMs, positiveNumber } from "../common/values.js";

/** These options as commander gives them. */
export interface ReplayFlowFlags {
  readonly pace: Pace;
  readonly rate?: number;
  readonly timeout: number;
  readonly maxRate?: number;
  readonly callTimeout?: number;
  readonly onMissingCall: OnMissingCall;
  readonly onWait?: string;
  readonly onFork: "stop" | "continue";
  readonly clock: "real" | "virtual";
}

/** Adds the options. */
export function addFlowOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--pace <pace>",
        "lockstep: wait for the previous answer; timed: also keep the recorded gaps; asap: wait only for values that are needed; manual: press Enter",
      )
        .choices(["lockstep", "timed", "asap", "manual"])
        .default("lockstep"),
    )
    .addOption(
      new Option("--rate <x>", "with --pace timed: x times as fast as recorded").argParser(positiveNumber),
    )
    .addOption(
      new Option("--timeout <time>", "give up after this time without progress")
        .argParser(durationMs)
        .default(30_000, "30s"),
    )
    .addOption(
      new Option(
        "--call-timeout <time>",
        "how long a step waits for the CSMS call that caused it (default: 10s, or --timeout if shorter)",
      ).argParser(durationMs),
    )
    .addOption(
      new Option(
        "--on-missing-call <what>",
        "if the CSMS call that caused a step does not come: send the step, skip it, fail the replay, or ask",
      )
        .choices(["send", "skip", "fail", "ask"])
        .default(usualFlow.onMissingCall),
    )
    .option(
      "--on-wait <command>",
      "run this command when a step waits for a CSMS call; it gets the call as JSON on stdin",
    )
    .addOption(
      new Option(
        "--on-fork <what>",
        "after an answer to which a charger would react differently than recorded",
      )
        .choices(["stop", "continue"])
        .default(usualFlow.onFork),
    )
    .addOption(
      new Option("--clock <clock>", "virtual: do not wait in recorded gaps and boot intervals")
        .choices(["real", "virtual"])
        .default("real"),
    );
}

/** Examples for the help. */
export const flowExamples: string = `  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --on-wait ./press-the-button.sh --call-timeout 30s
  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --on-missing-call skip --on-fork stop
  ocpp-vcr replay three-days.cassette --pace timed --clock virtual
  ocpp-vcr replay incident.cassette --pace manual`;

/** The flow of a replay from these options. Throws VcrError USAGE. */
export function flowOf({ timeout, callTimeout, ...same }: ReplayFlowFlags): ReplayFlow {
  return replayFlowOf({ ...same, timeoutMs: timeout, callTimeoutMs: callTimeout });
}

/** Refuses `--on-missing-call ask` without a terminal. Throws VcrError USAGE. */
export function checkFlow({ onMissingCall }: ReplayFlowFlags, isTerminal: boolean): void {
  if (onMissingCall !== "ask" || isTerminal) return;
  throw new VcrError(
    "USAGE",
    "--on-missing-call ask needs a terminal, and stdin is not one",
    "Run it in a terminal, or give send, skip or fail.",
  );
}
