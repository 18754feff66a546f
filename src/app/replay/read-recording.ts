// Makes the plan of a replay from a cassette or from entries: selects entries, compiles the plan, and changes its messages
// as the target requires.

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
  /** Path of the cassette; a name for entries that are only in memory. */
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly plan: Plan;
  /** The identity that dials; undefined for the recorded one. */
  readonly identity: string | undefined;
  /** Recorded id tags, each with the one that is sent. */
  readonly idTags: ReadonlyMap<string, string>;
}

/** How recordings are planned. */
export interface PlanningSettings {
  readonly part: SelectedPart;
  /** Which side of a recording with faults is replayed: what the charger sent, or what the CSMS received. */
  readonly side: "charger" | "csms";
  readonly target: ReplayTarget;
  /** Values that the CSMS chooses, in addition to the built-in ones. */
  readonly bindings: readonly Binding[];
  readonly emit: (event: PlanningEvent) => void;
}

/** The entries of one recording. */
export interface RecordingSource {
  readonly path: string;
  /** Whether it was named. A recording found in a folder is left out if it holds nothing to replay. */
  readonly isNamed: boolean;
  readonly entries: readonly Entry[];
  readonly state: CassetteState;
}

/**
 * Plans the selected part of a recording; undefined for a recording found in a folder that belongs to no charge point
 * (plain HTTP, refusals) or has no selected message. Throws VcrError CASSETTE_DAMAGED or USAGE.
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
  if (state === "torn") notice(`${shown} is torn at its end; its whole records are replayed`);
  const identity = target.identityFor(plan.identity);
  target.checkDealt();
  for (const one of calls.unused())
    notice(
      `${shown}: --set ${printable(one.shown, 120)} has no effect: no CALL of the charger has this place`,
    );
  return { path, entries, plan, identity, idTags: calls.tags };
}

const checkState = (shown: string, { state, entries }: RecordingSource): void => {
  if (state === "damaged")
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} is damaged`,
      "ocpp-vcr recover writes a new cassette from its whole records.",
    );
  if (entries.length === 0)
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} holds no readable entry`,
      "ocpp-vcr info prints what it holds.",
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
