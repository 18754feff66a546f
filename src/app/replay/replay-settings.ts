// The settings of a replay session: options of the command line or of the library, read and checked.

import { VcrError } from "../../base/errors.js";
import type { RunningReplay } from "../../io/station/run-replay.js";
import type { AwaitedCall, NextStep } from "../../replay/protocol.js";
import { type FlowOptions, type OnMissingCall, usualFlow } from "../../replay/station/run/flow.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import type { Environment } from "../surroundings.js";
import type { CsmsTlsOptions } from "../tls-options.js";
import type { JudgingSettings } from "./judging.js";
import type { ReplayEvent } from "./replay-events.js";
import type { GuardSettings } from "./replay-guard.js";
import type { TargetSettings } from "./replay-target.js";
import type { ReplayValueOptions } from "./replay-values.js";
import type { SelectedPart } from "./selected-plan.js";

/** The operator of a replay: steps through it with manual pace, and decides about calls that do not come. */
export interface ReplayOperator {
  /** Whether the operator has quit: no further replay begins. */
  readonly hasQuit: boolean;
  /** Called when a replay begins; the operator controls it from then on. */
  attach(running: RunningReplay): void;
  /** Called when the replay is over. */
  detach(): void;
  /** Shows the message that waits to be sent. */
  showStep(next: NextStep): void;
  /** Asks what to do without a call; the answer goes to the attached replay. */
  ask(waiting: AwaitedCall): void;
}

/** How the messages of a replay follow each other. */
export interface ReplayFlow {
  readonly pace: Pace;
  /** With `timed`: how many times as fast as recorded. */
  readonly rate: number;
  /** The longest time without progress, in milliseconds. */
  readonly timeoutMs: number;
  readonly maxRate: number | undefined;
  readonly flow: FlowOptions;
  readonly clock: "real" | "virtual";
  /** A shell command that runs when a step waits for a CSMS call. */
  readonly onWait: string | undefined;
}

/** The settings of a replay session. */
export interface ReplaySettings extends GuardSettings {
  readonly tls: CsmsTlsOptions & { readonly keylog?: string | undefined };
  readonly target: TargetSettings;
  readonly part: SelectedPart;
  readonly side: "charger" | "csms";
  readonly values: ReplayValueOptions;
  readonly flow: ReplayFlow;
  readonly judging: JudgingSettings;
  /** Path of the transcript. */
  readonly transcript: string | undefined;
  readonly operator?: ReplayOperator | undefined;
  readonly env: Environment;
  readonly emit: (event: ReplayEvent) => void;
}

/** The options of the flow; each has its default unless given. */
export interface FlowChoices {
  readonly pace?: Pace | undefined;
  readonly rate?: number | undefined;
  readonly maxRate?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly callTimeoutMs?: number | undefined;
  readonly onMissingCall?: OnMissingCall | undefined;
  readonly onFork?: FlowOptions["onFork"] | undefined;
  readonly onWait?: string | undefined;
  readonly clock?: ReplayFlow["clock"] | undefined;
}

/** How the messages of a replay follow each other. Throws VcrError USAGE. */
export function replayFlowOf(choices: FlowChoices): ReplayFlow {
  const { pace = "lockstep", rate, maxRate, timeoutMs = 30_000, clock = "real", onWait } = choices;
  const { onMissingCall = usualFlow.onMissingCall, onFork = usualFlow.onFork } = choices;
  if (rate !== undefined && pace !== "timed")
    throw new VcrError("USAGE", "--rate is only for --pace timed", "Add --pace timed, or leave --rate out.");
  return {
    ...{ pace, rate: rate ?? 1, maxRate, timeoutMs, clock, onWait },
    flow: {
      callTimeoutMs: choices.callTimeoutMs ?? Math.min(usualFlow.callTimeoutMs, timeoutMs),
      onMissingCall,
      patient: onWait !== undefined || onMissingCall === "ask",
      onFork,
    },
  };
}
