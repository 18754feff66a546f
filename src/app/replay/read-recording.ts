// From a cassette, or from entries, to the plan of a replay. The selection comes before the plan is compiled; a target
// changes the messages of the plan.

import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import type { CassetteState } from "../../cassette/format/reader.js";
import { readCassetteFile } from "../../io/cassette/cassette-file.js";
import type { Plan } from "../../replay/plan/plan.js";
import type { Binding } from "../../replay/plan/values/bindings.js";
import { printable } from "../../text/printable.js";
import { sideOfCsms } from "../faults-from.js";
import type { PlanningEvent } from "./planning-events.js";
import type { ReplayTarget } from "./replay-target.js";
import { planOfSelection, type SelectedPart } from "./selected-plan.js";

/** A recording that can be replayed. */
export interface Recording {
  /** Path of the cassette; a name for entries that no file holds. */
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly plan: Plan;
  /** The identity that dials; undefined where that is the recorded one. */
  readonly identity: string | undefined;
  /** Recorded id tags, each with the one that is sent. */
  readonly idTags: ReadonlyMap<string, string>;
}

/** How recordings are planned. */
export interface PlanningSettings {
  readonly part: SelectedPart;
  /** Of a recording under faults: what the charger sent, or what the CSMS received. */
  readonly side: "charger" | "csms";
  readonly target: ReplayTarget;
  /** Values that the CSMS chooses, besides the known ones. */
  readonly bindings: readonly Binding[];
  readonly emit: (event: PlanningEvent) => void;
}

/** The entries of one recording. */
export interface RecordingSource {
  readonly path: string;
  /** Whether it was named; others were found in folders, and are left out where they hold nothing to replay. */
  readonly isNamed: boolean;
  readonly entries: readonly Entry[];
  readonly state: CassetteState;
}

/**
 * Plans what is selected of a recording; undefined for one in a folder that belongs to no charge point (plain HTTP,
 * refusals) or holds nothing of the selection. Throws VcrError CASSETTE_DAMAGED or USAGE.
 */
export function planRecording(source: RecordingSource, settings: PlanningSettings): Recording | undefined {
  const { path, isNamed, entries: recorded, state } = source;
  const { part, side, target, bindings, emit } = settings;
  const shown = printable(path);
  const notice = (message: string): void => emit({ kind: "notice", message });
  const [session] = recorded;
  if (!isNamed && session?.kind === "session" && session.identity === null) {
    notice(`${shown}: left out, it belongs to no charge point`);
    return undefined;
  }
  checkState(shown, source);
  const entries = side === "csms" ? sideOfCsms(shown, recorded, notice) : recorded;
  const calls = target.editCalls();
  const making = { bindings, edit: calls.edit };
  const plan = planOfSelection({ path, entries, part, making, emit, isNamed });
  if (plan === undefined) return undefined;
  if (state === "torn") notice(`${shown} is torn at its end; what is whole is replayed`);
  const identity = target.identityFor(plan.identity);
  target.checkDealt();
  for (const one of calls.unused())
    notice(
      `${shown}: nothing is set at ${printable(one.shown, 120)}: no CALL of the charger has a place for it`,
    );
  return { path, entries, plan, identity, idTags: calls.tags };
}

const checkState = (shown: string, { state, entries }: RecordingSource): void => {
  if (state === "damaged")
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} is damaged`,
      "ocpp-vcr recover writes a whole one from what is left.",
    );
  if (entries.length === 0)
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} holds nothing that could be read`,
      "ocpp-vcr info shows what it holds.",
    );
};

/** Reads a cassette and plans it. Throws VcrError FILE_UNREADABLE, CASSETTE_DAMAGED or USAGE. */
export async function readRecording(
  path: string,
  isNamed: boolean,
  settings: PlanningSettings,
): Promise<Recording | undefined> {
  const { entries, state } = await readCassetteFile(path);
  return planRecording({ path, isNamed, entries: entries.map(({ entry }) => entry), state }, settings);
}
