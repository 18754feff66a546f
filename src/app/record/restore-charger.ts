// The restore notes: a file beside the recordings that says what to type into the chargers again, written before anybody
// changes anything, and what a CSMS changed meanwhile. It holds no secrets: URLs lose their user and query.

import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { errorText, VcrError } from "../../base/errors.js";
import { hiddenMark } from "../../cassette/format/entry.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";

/** What a run changes, once a charger is pointed at it. */
export interface ChargerDetour {
  /** Wall clock, ISO 8601. */
  readonly at: string;
  readonly tool: string;
  readonly commandLine: readonly string[];
  /** The CSMS's URL, which chargers had before. */
  readonly csms: string;
  /** The URLs that chargers are told now. */
  readonly urls: readonly string[];
}

const fileName = "restore-charger.md";

const heading = `# Restore the charger

What the charger was set to, what it is set to now, and how to set it back. ocpp-vcr adds a section for each run; keep your own notes here, too.
`;

const withoutSecrets = (argument: string): string =>
  hideUserinfo(argument).replace(/^((?:--[a-z-]+=)?[a-z]+:\/\/[^?\s]*)\?.*$/i, `$1?${hiddenMark}`);

const quoted = (argument: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

const section = (detour: ChargerDetour): string => `
## ${detour.at}

- Command: \`ocpp-vcr ${detour.commandLine.map((one) => quoted(withoutSecrets(one))).join(" ")}\` (${detour.tool})
- The charger's URL before, to type back: \`${detour.csms}\` (where the charger does not append its identity: with it).
  If the charger showed another one, write it down here before you change it: \`____________________\`
- The charger's URL meanwhile: ${detour.urls.map((url) => `\`${url}\``).join(", ")}
- Security profile, password and root certificate before, if you change them (where they are kept, not what they are):
  \`____________________\`
- To restore: type the URL of before, restart the charger, see in the CSMS that it is online, then end ocpp-vcr.
- What a CSMS changes during the run is noted below; typing a URL does not undo it.
`;

/** Adds this run to the restore notes of a folder; gives the path of the file. Throws VcrError FILE_UNWRITABLE. */
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

/** Notes what a CSMS changed on a charger. A file that can no longer be written does not end the run. */
export function noteChange(path: string, at: string, line: string): void {
  try {
    appendFileSync(path, `- ${at}: ${line.replaceAll("`", "'")}\n`);
  } catch {
    // The change is on the cassette, too.
  }
}
