// A cassette of the command line -> the plan of its replay. Selection (which entries) comes before compilePlan,
// what is changed in the plan behind it; what a plan is, is told in replay/.

import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { readCassetteFile } from "../../io/cassette/cassette-file.js";
import type { Plan } from "../../replay/plan/plan.js";
import type { Binding } from "../../replay/plan/values/bindings.js";
import { printable } from "../../text/printable.js";
import { sideOfCsms } from "../faults-from.js";
import type { ReplayTarget } from "./replay-target.js";
import { planOfSelection, type SelectedPart } from "./selected-plan.js";

/** A cassette that can be replayed. */
export interface Recording {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly plan: Plan;
  /** The identity that dials; undefined where that is the recorded one. */
  readonly identity: string | undefined;
  /** Recorded id tags, each with the one that is sent. */
  readonly idTags: ReadonlyMap<string, string>;
}

/** Which cassette, how it came to be meant, and who is told about it. */
export interface RecordingSource {
  readonly path: string;
  /** Whether the command line names it; other cassettes were found in folders. */
  readonly isNamed: boolean;
  /** What of it is meant. */
  readonly part: SelectedPart;
  /** Of a recording under faults: what the charger sent, or what the CSMS received. */
  readonly side: "charger" | "csms";
  readonly target: ReplayTarget;
  /** Values that the CSMS chooses, beside those that are known. */
  readonly bindings: readonly Binding[];
  readonly say: (line: string) => void;
}

/**
 * Reads a cassette and plans what is selected of it; undefined for one in a folder that belongs to no charge point
 * (plain HTTP, refusals) or holds nothing of the selection.
 */
export async function readRecording(source: RecordingSource): Promise<Recording | undefined> {
  const { path, isNamed, part, side, target, bindings, say } = source;
  const cassette = await readCassetteFile(path);
  const shown = printable(path);
  const session = cassette.entries[0]?.entry;
  if (!isNamed && session?.kind === "session" && session.identity === null) {
    say(`${shown}: left out, it belongs to no charge point`);
    return undefined;
  }
  if (cassette.state === "damaged")
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} is damaged`,
      "ocpp-vcr recover writes a whole one from what is left.",
    );
  const recorded = cassette.entries.map(({ entry }) => entry);
  if (recorded.length === 0)
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} holds nothing that could be read`,
      "ocpp-vcr info tells what it holds.",
    );
  const entries = side === "csms" ? sideOfCsms(shown, recorded, say) : recorded;
  const calls = target.editCalls();
  const making = { bindings, edit: calls.edit };
  const plan = planOfSelection({ path, entries, part, making, say, isNamed });
  if (plan === undefined) return undefined;
  if (cassette.state === "torn") say(`${shown} is torn at its end; what is whole is replayed`);
  const identity = target.identityFor(plan.identity);
  target.checkDealt();
  for (const one of calls.unused())
    say(
      `${shown}: nothing is set at ${printable(one.shown, 120)}: no CALL of the charger has a place for it`,
    );
  return { path, entries, plan, identity, idTags: calls.tags };
}
