// The charge point of a sweep: plays a plan against a place, with values of its own for every run.

import type { Entry } from "../../cassette/format/entry.js";
import type { Plan } from "../../replay/plan/plan.js";
import type { StationReport } from "../../replay/protocol.js";
import { usualFlow } from "../../replay/station/run/flow.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import { startClock } from "../platform/clock.js";
import { type RunningReplay, startReplay } from "../station/run-replay.js";
import type { CsmsTls } from "../tls/tls-settings.js";

/** Where a charge point dials. */
export interface StationDestination {
  readonly url: URL;
  readonly tls?: CsmsTls | undefined;
  /** Where to dial, if elsewhere than the URL says. */
  readonly dialAt?: { readonly host: string; readonly port: number } | undefined;
}

/** A CSMS that is there for a replay. */
export interface CsmsPlace extends StationDestination {
  close(): Promise<void>;
}

/** What all runs of a charge point have in common. */
export interface StationFacts {
  readonly identity: string | undefined;
  readonly password: Uint8Array | undefined;
  readonly pace: Pace;
  readonly timeoutMs: number;
  readonly seed: number;
}

/** One run, and who hears of it. */
export interface StationRun {
  readonly run: number;
  /** Another pace than usual. */
  readonly pace?: Pace | undefined;
  readonly report: (report: StationReport) => void;
  readonly record: (entry: Entry) => void;
}

/** Calls that people made in the recording are not made again, and are not waited for long. */
const callPatienceMs = 500;

/** Plays a plan. */
export function playPlan(
  plan: Plan,
  to: StationDestination,
  { identity, password, pace: usual, timeoutMs, seed }: StationFacts,
  { run, pace = usual, report, record }: StationRun,
): RunningReplay {
  const clock = startClock();
  return startReplay({
    plan,
    csms: to.url,
    tls: to.tls,
    dialAt: to.dialAt,
    pacing: {
      pace,
      rate: 1,
      timeoutMs,
      flow: { ...usualFlow, callTimeoutMs: Math.min(callPatienceMs, timeoutMs) },
    },
    values: {
      ids: "fresh",
      seed,
      run,
      time: "end-now",
      meter: "keep",
      lastStops: new Map(),
      startedMs: clock.startedMs,
      leaveOpen: true,
    },
    identity,
    password,
    clock,
    record,
    report,
  });
}
