// The ids, dates and meter readings that replays send. One object serves all replays of a command: it makes the value
// options of each, and keeps the state that the next one needs.

import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { errorText, VcrError } from "../../base/errors.js";
import { sleep } from "../../io/platform/timers.js";
import { readMeterState, writeMeterState } from "../../io/station/meter-state.js";
import type { Binding } from "../../replay/plan/values/bindings.js";
import type { Outcome } from "../../replay/protocol.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import type { IdMode, TimeMode, ValueOptions } from "../../replay/station/values/value-options.js";
import { readBindings } from "./bindings-file.js";

/** How the values of replays are made. */
export interface ReplayValueOptions {
  /** Path of a YAML file of bindings. */
  readonly bindings?: string | undefined;
  readonly ids?: Exclude<IdMode, "by-version"> | undefined;
  readonly seed: number;
  readonly run?: number | undefined;
  readonly time?: TimeMode | undefined;
  readonly meter: ValueOptions["meter"];
  readonly meterState?: string | undefined;
  readonly leaveOpen?: boolean | undefined;
}

/** The default file in which `meter: "continue"` keeps the last meter stops. */
export const usualMeterState = "ocpp-vcr-meters.json";

const readBindingsFile = (path: string): readonly Binding[] => {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const why = errorText(error);
    throw new VcrError(
      "FILE_UNREADABLE",
      `${path} cannot be read: ${why}`,
      "Check the path of --bindings.",
      error,
    );
  }
  const { bindings, issues } = readBindings(text);
  if (issues.length === 0) return bindings;
  const lines = issues.map(({ where, message }) => `${path}:${where ?? "1:1"}: ${message}`);
  throw new VcrError("USAGE", lines.join("\n"), "Fix the file; docs/reference/replay-values.md shows one.");
};

/** The values of one replay. */
export interface CassetteValues {
  readonly options: ValueOptions;
  readonly run: number;
  /** Called when the replay is over; keeps its last meter stops and the time until which its dates are in use. */
  done(outcome: Outcome): void;
}

/** The CSMS of the replays, and their pace. */
interface ReplayDestination {
  readonly pace: Pace;
  readonly rate: number;
  /** Host and port of the CSMS, or `embedded`. */
  readonly csms: string;
  /** Whether the CSMS exists after this command, so that later replays may meet it again. */
  readonly isLasting: boolean;
}

/** The values of all replays of a command. */
export class ReplayValues {
  readonly bindings: readonly Binding[];
  private readonly options: ReplayValueOptions;
  private readonly time: TimeMode;
  private readonly firstRun: number;
  private readonly destination: ReplayDestination;
  private replays = 0;
  /** By identity, the wall clock time in milliseconds until which its next replay would send the same dates again. */
  private readonly busyUntilMs = new Map<string, number>();

  constructor(options: ReplayValueOptions, destination: ReplayDestination) {
    const { pace, rate } = destination;
    if (options.meterState !== undefined && options.meter !== "continue")
      throw new VcrError("USAGE", "--meter-state needs --meter continue", "Add --meter continue.");
    this.options = options;
    this.destination = destination;
    this.time = options.time ?? (pace === "timed" && rate === 1 ? "start-now" : "end-now");
    this.bindings = options.bindings === undefined ? [] : readBindingsFile(options.bindings);
    this.firstRun = options.run ?? randomInt(1, 2 ** 31);
    // Checks the file before anything is sent.
    if (options.meter === "continue") readMeterState(this.meterPath);
  }

  /** The values of the same runs for another CSMS. */
  twin(csms: string): ReplayValues {
    return new ReplayValues({ ...this.options, run: this.firstRun }, { ...this.destination, csms });
  }

  /** The values of the next replay of an identity; waits while it would send the dates of the previous one again. */
  async next(identity: string): Promise<CassetteValues> {
    await sleepUntil(this.busyUntilMs.get(identity));
    const { csms } = this.destination;
    const { ids = "by-version", seed, meter, leaveOpen = false } = this.options;
    const run = this.firstRun + this.replays++;
    const startedMs = Date.now();
    const known = meter === "continue" ? readMeterState(this.meterPath)[csms]?.[identity] : undefined;
    const lastStops = new Map(Object.entries(known ?? {}));
    return {
      run,
      options: { ids, seed, run, time: this.time, meter, lastStops, startedMs, leaveOpen },
      done: ({ stopped, freeAtNs }) => {
        if (freeAtNs !== undefined) this.busyUntilMs.set(identity, startedMs + freeAtNs / 1e6);
        if (meter === "continue" && stopped.size > 0)
          writeMeterState(this.meterPath, csms, identity, Object.fromEntries(stopped));
      },
    };
  }

  /** Waits, at most a second, until a replay of a later command cannot send the same dates as this one. */
  async end(): Promise<void> {
    if (this.destination.isLasting) await sleepUntil(Math.max(0, ...this.busyUntilMs.values()));
  }

  private get meterPath(): string {
    return this.options.meterState ?? usualMeterState;
  }
}

const sleepUntil = async (wallMs: number | undefined): Promise<void> => {
  const ms = Math.min(1000, (wallMs ?? 0) - Date.now());
  if (ms > 0) await sleep(ms);
};
