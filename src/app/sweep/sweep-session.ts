// A sweep: a recording is replayed once clean, then once for each fault, and each outcome is judged.

import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VcrError } from "../../base/errors.js";
import { folderName } from "../../cassette/folder-name.js";
import { startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import { sha256Hex } from "../../io/platform/digests.js";
import { Sweep, type TrialResult } from "../../io/sweep/run-sweep.js";
import type { OpenedCsms } from "../../io/sweep/sweep-station.js";
import { isBad, sweepOutcomes } from "../../sweep/outcome.js";
import { printable } from "../../text/printable.js";
import { type Recording, readRecording } from "../replay/read-recording.js";
import { replayGuard } from "../replay/replay-guard.js";
import { passwordOf } from "../replay/replay-setup.js";
import { openTarget, type ReplayTarget } from "../replay/replay-target.js";
import { csmsTlsOf, dialAddress } from "../tls-plan.js";
import { type ChosenTrials, chooseTrials } from "./choose-trials.js";
import type { SweepSummary } from "./sweep-events.js";
import type { SweepSettings } from "./sweep-settings.js";

const readCassette = async (
  path: string,
  target: ReplayTarget,
  emit: SweepSettings["emit"],
): Promise<Recording> => {
  const part = { selection: undefined, prologue: "none" } as const;
  const recording = await readRecording(path, true, { part, side: "charger", target, bindings: [], emit });
  if (recording !== undefined) return recording;
  throw new VcrError(
    "USAGE",
    `${printable(path)} holds no dialogue of a charge point`,
    "Give the cassette of a charge point.",
  );
};

/** Opens the CSMS for each replay of a sweep: an embedded one is new each time. */
const csmsOpener = ({ csms, csmsConnect, tls: options, env }: SweepSettings): (() => Promise<OpenedCsms>) => {
  if (csms === "embedded")
    return async () => {
      const embedded = await startEmbeddedCsms({});
      return { url: new URL(embedded.url), close: () => embedded.close() };
    };
  const tls = csmsTlsOf(options, csms, env, undefined);
  const dialAt = dialAddress(csms, csmsConnect);
  return async () => ({ url: csms, tls, dialAt, close: async () => undefined });
};

const countsOf = (results: readonly TrialResult[]): SweepSummary["counts"] => {
  const counts = {
    crashed: 0,
    hung: 0,
    "lost data": 0,
    "protocol violation": 0,
    recovered: 0,
    unaffected: 0,
    "not applied": 0,
  };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
};

/** A sweep that has read its files and has not dialled yet. */
export class SweepSession {
  private readonly settings: SweepSettings;
  private readonly recording: Recording;
  private readonly password: Uint8Array | undefined;
  private readonly chosen: ChosenTrials;
  private readonly openCsms: () => Promise<OpenedCsms>;
  private running: Sweep | undefined;
  private isStopped = false;

  constructor(settings: SweepSettings, target: ReplayTarget, recording: Recording, chosen: ChosenTrials) {
    this.settings = settings;
    this.recording = recording;
    this.password = passwordOf(target, recording);
    this.chosen = chosen;
    this.openCsms = csmsOpener(settings);
  }

  /** Replays, and judges each outcome. Throws VcrError CSMS_UNREACHABLE where the clean replay cannot be played. */
  async run(): Promise<SweepSummary> {
    const { folder } = this.settings;
    if (folder !== undefined) return this.runIn(folder);
    const temporary = await mkdtemp(join(tmpdir(), "ocpp-vcr-sweep-"));
    try {
      return await this.runIn(temporary);
    } finally {
      await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** Ends the replay that runs; the faults that follow are not tried. */
  stop(): void {
    this.isStopped = true;
    this.running?.stop();
  }

  private async runIn(folder: string): Promise<SweepSummary> {
    const { emit } = this.settings;
    const { trials, leftOut, fileSeed = 0 } = this.chosen;
    const { seed = fileSeed, run = randomInt(1, 2 ** 30) } = this.settings;
    emit({ kind: "begin", seed, run });
    const sweep = this.sweepIn(folder, seed, run);
    this.running = sweep;
    if (this.isStopped) sweep.stop();
    emit({ kind: "clean", answered: await sweep.playClean(), trials: trials.length });
    const results: TrialResult[] = [];
    for (const [index, trial] of trials.entries()) {
      if (this.isStopped) break;
      emit({ kind: "trial", number: index + 1, trials: trials.length, name: trial.name });
      const result = await sweep.attempt(trial);
      if (result === undefined) break;
      results.push(result);
      emit({ kind: "result", result });
    }
    const notTried = trials.slice(results.length).map(({ name }) => name);
    const counts = countsOf(results);
    const worst = sweepOutcomes.find((outcome) => counts[outcome] > 0) ?? null;
    const ok = notTried.length === 0 && (worst === null || !isBad(worst));
    return { results, leftOut, notTried, seed, ok, worst, counts };
  }

  private sweepIn(folder: string, seed: number, run: number): Sweep {
    const { recording, password, openCsms } = this;
    const { csms, pace, timeoutMs, emit } = this.settings;
    const { plan, identity } = recording;
    const names = new Set<string>();
    return new Sweep({
      ...{ plan, identity, password, pace, timeoutMs, openCsms, seed, run },
      isLasting: csms !== "embedded",
      folderOf: (name) => {
        const own = folderName(name, names, sha256Hex);
        names.add(own);
        return join(folder, own);
      },
      onCassetteFailure: (path, error) => emit({ kind: "cassette-failed", path, error }),
    });
  }
}

/**
 * Reads the cassette and the rules of a sweep. Throws VcrError: FILE_UNREADABLE, CASSETTE_DAMAGED or USAGE for the
 * cassette, PRODUCTION_GUARDED for the CSMS, RULES_INVALID or USAGE for the faults.
 */
export async function openSweepSession(cassette: string, settings: SweepSettings): Promise<SweepSession> {
  const target = openTarget(settings.target);
  const recording = await readCassette(cassette, target, settings.emit);
  if (settings.csms !== "embedded") replayGuard(settings, "the sweep").checkEntries(recording.entries);
  const chosen = chooseTrials(settings.faults, settings.only, recording.plan);
  return new SweepSession(settings, target, recording, chosen);
}
