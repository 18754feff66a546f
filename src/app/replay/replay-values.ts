// The values that replays write: ids, dates and meters. One object for all cassettes of a command says how each replay's
// values are made, and keeps what the next one needs to know.

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
  /** Path of a file of bindings. */
  readonly bindings?: string | undefined;
  readonly ids?: Exclude<IdMode, "by-version"> | undefined;
  readonly seed: number;
  readonly run?: number | undefined;
  readonly time?: TimeMode | undefined;
  readonly meter: ValueOptions["meter"];
  readonly meterState?: string | undefined;
  readonly leaveOpen?: boolean | undefined;
}

/** Where `meter: "continue"` keeps the last meter stops, unless another file is given. */
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
  /** Keeps what the next replay needs to know. */
  done(outcome: Outcome): void;
}

/** How a command replays, and to which CSMS. */
interface ReplayDestination {
  readonly pace: Pace;
  readonly rate: number;
  readonly csms: string;
  /** Whether other replays may follow against the same CSMS. */
  readonly isLasting: boolean;
}

/** The values of all replays of a command. */
export class ReplayValues {
  readonly bindings: readonly Binding[];
  private readonly options: ReplayValueOptions;
  private readonly csms: string;
  private readonly time: TimeMode;
  /** Whether other replays may follow against the same CSMS. */
  private readonly isLasting: boolean;
  private readonly firstRun: number;
  private readonly of: ReplayDestination;
  private replays = 0;
  /** Until when a replay of an identity would have the dates of the one before, in milliseconds of the wall clock. */
  private readonly busy = new Map<string, number>();

  constructor(options: ReplayValueOptions, of: ReplayDestination) {
    this.of = of;
    if (options.meterState !== undefined && options.meter !== "continue")
      throw new VcrError("USAGE", "--meter-state goes with --meter continue alone", "Add --meter continue.");
    this.options = options;
    this.csms = of.csms;
    this.isLasting = of.isLasting;
    this.time = options.time ?? (of.pace === "timed" && of.rate === 1 ? "start-now" : "end-now");
    this.bindings = options.bindings === undefined ? [] : readBindingsFile(options.bindings);
    this.firstRun = options.run ?? randomInt(1, 2 ** 31);
    // A file that cannot be read is an error before anything is sent.
    if (options.meter === "continue") readMeterState(this.meterPath);
  }

  /** The same runs again, for another CSMS. */
  twin(csms: string): ReplayValues {
    const { pace, rate, isLasting } = this.of;
    return new ReplayValues({ ...this.options, run: this.firstRun }, { pace, rate, csms, isLasting });
  }

  /** The values of the next replay; waits while this identity would send the same dates again. */
  async next(identity: string): Promise<CassetteValues> {
    await sleepUntil(this.busy.get(identity));
    const { ids = "by-version", seed, meter, leaveOpen = false } = this.options;
    const run = this.firstRun + this.replays++;
    const startedMs = Date.now();
    const known = meter === "continue" ? readMeterState(this.meterPath)[this.csms]?.[identity] : undefined;
    const lastStops = new Map(Object.entries(known ?? {}));
    return {
      run,
      options: { ids, seed, run, time: this.time, meter, lastStops, startedMs, leaveOpen },
      done: ({ stopped, freeAtNs: freeAt }) => {
        if (freeAt !== undefined) this.busy.set(identity, startedMs + freeAt / 1e6);
        if (meter === "continue" && stopped.size > 0)
          writeMeterState(this.meterPath, this.csms, identity, Object.fromEntries(stopped));
      },
    };
  }

  /** Waits, a second at most, until a replay that comes after this command cannot have its dates. */
  async end(): Promise<void> {
    if (this.isLasting) await sleepUntil(Math.max(0, ...this.busy.values()));
  }

  private get meterPath(): string {
    return this.options.meterState ?? usualMeterState;
  }
}

const sleepUntil = async (wallMs: number | undefined): Promise<void> => {
  const ms = Math.min(1000, (wallMs ?? 0) - Date.now());
  if (ms > 0) await sleep(ms);
};
