// The faults that were applied in a recording: to repeat them, or to get the dialogue as the CSMS received it.

import { VcrError } from "../base/errors.js";
import type { Entry } from "../cassette/format/entry.js";
import { readCassetteFile } from "../io/cassette/cassette-file.js";
import { csmsSideOf } from "../relay/rehearse/csms-view.js";
import { faultsOf } from "../relay/rehearse/faults-of.js";
import type { RecordedFaults } from "../rules/deciding/recorded-faults.js";
import { printable } from "../text/printable.js";

/** The faults of a cassette; `notice` gets each remark about them. Throws VcrError USAGE if it has none to repeat. */
export async function recordedFaultsFrom(
  path: string,
  notice: (line: string) => void,
): Promise<RecordedFaults> {
  const cassette = await readCassetteFile(path);
  const found = faultsOf(cassette.entries.map(({ entry }) => entry));
  if (found === undefined)
    throw new VcrError(
      "USAGE",
      `${path} has no faults to repeat`,
      "Give a cassette that was recorded with --rules; ocpp-vcr show lists the decisions of a cassette.",
    );
  for (const note of found.notes) notice(`${printable(path)}: ${note}`);
  return found.faults;
}

/** A recording as the CSMS received it; without faults, the recording itself. Throws VcrError USAGE. */
export function sideOfCsms(
  path: string,
  entries: readonly Entry[],
  notice: (line: string) => void,
): readonly Entry[] {
  if (!entries.some(({ kind }) => kind === "decision")) return entries;
  const found = faultsOf(entries);
  if (found === undefined)
    throw new VcrError(
      "USAGE",
      `${path} does not hold the rules of its faults, so it cannot be replayed as the CSMS received it`,
      "Leave --side out to replay what the charger sent.",
    );
  for (const note of found.notes) notice(`${printable(path)}: ${note}`);
  return csmsSideOf(entries, found.faults);
}
