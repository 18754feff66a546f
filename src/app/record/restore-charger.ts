// The way back: a file beside the recordings that says what to type into the chargers again, written before anybody
// changes anything, and what a CSMS changed meanwhile. No secrets: of the command line, URLs lose user and query.

import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { errorText, VcrError } from "../../base/errors.js";
import { hiddenMark } from "../../cassette/format/entry.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";

/** What a run changes, once a charger is pointed at it. */
export interface Detour {
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

const heading = `# The way back

What was, what is, and what to type to have it again. Written by ocpp-vcr, a section a run; keep your own notes here, too.
`;

const withoutSecrets = (argument: string): string =>
  hideUserinfo(argument).replace(/^((?:--[a-z-]+=)?[a-z]+:\/\/[^?\s]*)\?.*$/i, `$1?${hiddenMark}`);

const quoted = (argument: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

const section = (detour: Detour): string => `
## ${detour.at}

- Command: \`ocpp-vcr ${detour.commandLine.map((one) => quoted(withoutSecrets(one))).join(" ")}\` (${detour.tool})
- The charger's URL before, to type back: \`${detour.csms}\` (where the charger does not append its identity: with it).
  If the charger showed another one, write it down here before you change it: \`____________________\`
- The charger's URL meanwhile: ${detour.urls.map((url) => `\`${url}\``).join(", ")}
- Security profile, password and root certificate before, if you change them (where they are kept, not what they are):
  \`____________________\`
- Back: type the URL of before, restart the charger, see in the CSMS that it is online, then end ocpp-vcr.
- What a CSMS changes while ocpp-vcr stands between is noted below; it is not undone by typing a URL.
`;

/** Adds this run to the way back of a folder; gives the file's path. Throws VcrError FILE_UNWRITABLE. */
export function writeRestoreNotes(folder: string, detour: Detour): string {
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

/** Notes what a CSMS changed on a charger; a file that cannot be written any more is no reason to stop. */
export function noteChange(path: string, at: string, line: string): void {
  try {
    appendFileSync(path, `- ${at}: ${line.replaceAll("`", "'")}\n`);
  } catch {
    // The cassette has it, too.
  }
}
