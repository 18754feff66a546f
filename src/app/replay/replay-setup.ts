// The parts of a replay that are ready before anything is dialled: target, values, guard, and the plans of recordings.

import type { Entry } from "../../cassette/format/entry.js";
import type { CassetteState } from "../../cassette/format/reader.js";
import { type PlanningSettings, planRecording, type Recording, readRecording } from "./read-recording.js";
import { type ReplayGuard, replayGuard } from "./replay-guard.js";
import type { ReplaySettings } from "./replay-settings.js";
import { openTarget, type ReplayTarget } from "./replay-target.js";
import { ReplayValues } from "./replay-values.js";

/** The parts that all replays of one command share before they dial. */
export class ReplaySetup {
  readonly settings: ReplaySettings;
  readonly target: ReplayTarget;
  readonly values: ReplayValues;
  readonly guard: ReplayGuard;

  /** Reads the files that the settings name. Throws VcrError. */
  constructor(settings: ReplaySettings) {
    const { csms, flow } = settings;
    const isLasting = csms instanceof URL;
    this.settings = settings;
    this.target = openTarget(settings.target);
    this.values = new ReplayValues(settings.values, {
      pace: flow.pace,
      rate: flow.rate,
      csms: isLasting ? csms.host : "embedded",
      isLasting,
    });
    this.guard = replayGuard(settings);
  }

  /** Reads and plans a cassette; undefined for one in a folder (not `isNamed`) that holds nothing to replay. */
  read(path: string, isNamed: boolean): Promise<Recording | undefined> {
    return readRecording(path, isNamed, this.planning());
  }

  /** Plans entries that are in memory. */
  plan(path: string, entries: readonly Entry[], state: CassetteState): Recording {
    const planned = planRecording({ path, isNamed: true, entries, state }, this.planning());
    if (planned === undefined) throw new Error("a named recording is planned or refused");
    return planned;
  }

  private planning(): PlanningSettings {
    const { part, side, emit } = this.settings;
    return { part, side, target: this.target, bindings: this.values.bindings, emit };
  }
}

/** The password that the charge point of a recording shows. */
export function passwordOf(target: ReplayTarget, { plan, identity }: Recording): Uint8Array | undefined {
  const dial = plan.steps.find((step) => step.kind === "dial");
  return target.passwordFor(identity ?? plan.identity, dial?.subprotocol ?? null);
}
