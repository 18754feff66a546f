// The restore notes, a file next to the cassettes: the settings of the chargers before the run, written before an operator
// changes them, and the changes that a CSMS made during the run. They hold no secrets: user, password and query of URLs
// are removed.

import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { errorText, VcrError } from "../../base/errors.js";
import { hiddenMark } from "../../cassette/format/entry.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";

/** The settings of a charger before and during a run. */
export interface ChargerDetour {
  /** Wall clock, ISO 8601. */
  readonly at: string;
  readonly tool: string;
  readonly commandLine: readonly string[];
  /** The CSMS's URL, which chargers had before. */
  readonly csms: string;
  /** The URLs that chargers have during the run. */
  readonly urls: readonly string[];
}

const fileName = "restore-charger.md";

const heading = `# Restore the charger

The charger's settings before, its settings now, and how to restore them. ocpp-vcr adds a section for each run; add your own notes here.
`;

const withoutSecrets = (argument: string): string =>
  hideUserinfo(argument).replace(/^((?:--[a-z-]+=)?[a-z]+:\/\/[^?\s]*)\?.*$/i, `$1?${hiddenMark}`);

const quoted = (argument: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

const section = (detour: ChargerDetour): string => `
## ${detour.at}

- Command: \`ocpp-vcr ${detour.commandLine.map((one) => quoted(withoutSecrets(one))).join(" ")}\` (${detour.tool})
- The charger's URL before, to type in again: \`${detour.csms}\` (with the identity, if the charger does not append it itself).
  If the charger showed another URL, write it down here before you change it: \`____________________\`
- The charger's URL during the run: ${detour.urls.map((url) => `\`${url}\``).join(", ")}
- Security profile, password and root certificate before, if you change them (where they are kept, not their values):
  \`____________________\`
- To restore: type in the URL from before, restart the charger, check in the CSMS that it is online, then end ocpp-vcr.
- Changes that a CSMS makes during the run are noted below; typing in the URL does not undo them.
`;

/** Adds this run to the restore notes of a folder; returns the path of the file. Throws VcrError FILE_UNWRITABLE. */
export function writeRestoreNotes(folder: string, detour: ChargerDetour): string {
  const path = join(folder, fileName);
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(path, `${existsSync(path) ? "" : heading}${section(detour)}`);
  } catch (error) {
    const why = errorText(error);
    throw new VcrError(
      "FILE_UNWRITABLE",
      `${path} cannot be written: ${why}`,
      "Choose another folder with -o.",
      error,
    );
  }
  return path;
}

/** Adds a change that a CSMS made to a charger. A file that can no longer be written does not end the run. */
export function noteChange(path: string, at: string, line: string): void {
  try {
    appendFileSync(path, `- ${at}: ${line.replaceAll("`", "'")}\n`);
  } catch {
    // The change is also on the cassette.
  }
}
