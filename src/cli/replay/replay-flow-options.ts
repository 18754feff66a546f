// The options of `replay` about how a run flows: calls that stay out, forks, and the clock.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import { type Clock, startClock, startVirtualClock } from "../../io/platform/clock.js";
import type { FlowOptions, OnMissingCall } from "../../replay/station/run/flow.js";
import { usualFlow } from "../../replay/station/run/flow.js";
import { durationMs } from "../common/values.js";

/** What `replay` is told about its flow. */
export interface ReplayFlowOptions {
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
        "--call-timeout <time>",
        "how long a step waits for the CSMS call that it followed from (default: 10s, --timeout where that is shorter)",
      ).argParser(durationMs),
    )
    .addOption(
      new Option("--on-missing-call <what>", "what becomes of a step whose call stays out")
        .choices(["send", "skip", "fail", "ask"])
        .default(usualFlow.onMissingCall),
    )
    .option("--on-wait <command>", "run this when a call is waited for; it gets the call as JSON on stdin")
    .addOption(
      new Option("--on-fork <what>", "when the CSMS answers so that a station would go another way")
        .choices(["stop", "continue"])
        .default(usualFlow.onFork),
    )
    .addOption(
      new Option("--clock <clock>", "virtual: recorded gaps and boot intervals pass at once")
        .choices(["real", "virtual"])
        .default("real"),
    );
}

/** Examples for the help. */
export const flowExamples: string = `  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --on-wait ./press-the-button.sh --call-timeout 30s
  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --on-missing-call skip --on-fork stop
  ocpp-vcr replay three-days.cassette --pace timed --clock virtual
  ocpp-vcr replay incident.cassette --pace manual`;

/** How the run flows. */
export function flowOf(options: ReplayFlowOptions & { readonly timeout: number }): FlowOptions {
  const { callTimeout, onMissingCall, onWait, onFork, timeout } = options;
  return {
    callTimeoutMs: callTimeout ?? Math.min(usualFlow.callTimeoutMs, timeout),
    onMissingCall,
    patient: onWait !== undefined || onMissingCall === "ask",
    onFork,
  };
}

/** Refuses what needs a person where there is none. */
export function checkFlow(options: ReplayFlowOptions, isTerminal: boolean): void {
  if (options.onMissingCall === "ask" && !isTerminal)
    throw new VcrError(
      "USAGE",
      "--on-missing-call ask needs a terminal, and stdin is none",
      "Run it in a terminal, or give send, skip or fail.",
    );
}

/** The clock of a run. */
export function replayClock({ clock }: ReplayFlowOptions): Clock {
  return clock === "virtual" ? startVirtualClock() : startClock();
}
