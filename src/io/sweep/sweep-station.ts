// The simulated charge point of a sweep: plays a plan against a CSMS, with new ids and dates in every run.

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
  /** Where to dial instead of the host and port of the URL. */
  readonly dialAt?: { readonly host: string; readonly port: number } | undefined;
}

/** A CSMS that is open for one replay. */
export interface OpenedCsms extends StationDestination {
  close(): Promise<void>;
}

/** What is the same in all runs of a charge point. */
export interface StationFacts {
  readonly identity: string | undefined;
  readonly password: Uint8Array | undefined;
  readonly pace: Pace;
  readonly timeoutMs: number;
  readonly seed: number;
}

/** One run, and its callbacks. */
export interface StationRun {
  readonly run: number;
  /** The pace of this run, if not the usual one. */
  readonly pace?: Pace | undefined;
  readonly report: (report: StationReport) => void;
  readonly record: (entry: Entry) => void;
}

/** The longest wait for a call of the CSMS that an operator made in the recording: nobody makes it again. */
const callPatienceMs = 500;

/** The host and port at which a destination is dialled. */
export function addressOf({ url, dialAt }: StationDestination): { host: string; port: number } {
  const standardPort = url.protocol === "wss:" ? 443 : 80;
  return {
    host: dialAt?.host ?? url.hostname.replace(/^\[|\]$/g, ""),
    port: dialAt?.port ?? (url.port === "" ? standardPort : Number(url.port)),
  };
}

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
