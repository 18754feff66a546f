// The faults that a cassette shows, for commands that do them again or look at them from the other side.

import { VcrError } from "../base/errors.js";
import type { Entry } from "../cassette/format/entry.js";
import { readCassetteFile } from "../io/cassette/cassette-file.js";
import { csmsSideOf } from "../relay/rehearse/csms-view.js";
import { faultsOf } from "../relay/rehearse/faults-of.js";
import type { RecordedFaults } from "../rules/deciding/recorded-faults.js";
import { printable } from "../text/printable.js";

/** The faults of a cassette. Throws VcrError USAGE where it shows none that can be done again. */
export async function recordedFaultsFrom(path: string, say: (line: string) => void): Promise<RecordedFaults> {
  const cassette = await readCassetteFile(path);
  const found = faultsOf(cassette.entries.map(({ entry }) => entry));
  if (found === undefined)
    throw new VcrError(
      "USAGE",
      `${path} shows no faults that could be done again`,
      "Give a cassette that was recorded with --rules; ocpp-vcr show lists the decisions of a cassette.",
    );
  for (const note of found.notes) say(`${printable(path)}: ${note}`);
  return found.faults;
}

/** The recording as the CSMS saw it; the very recording where no rule touched it. */
export function sideOfCsms(
  path: string,
  entries: readonly Entry[],
  say: (line: string) => void,
): readonly Entry[] {
  if (!entries.some(({ kind }) => kind === "decision")) return entries;
  const found = faultsOf(entries);
  if (found === undefined)
    throw new VcrError(
      "USAGE",
      `${path} does not hold the rules of its faults, so it cannot be replayed as the CSMS saw it`,
      "Leave --side out to replay what the charger meant.",
    );
  for (const note of found.notes) say(`${printable(path)}: ${note}`);
  return csmsSideOf(entries, found.faults);
}
