// The file of --meter-state: the energy registers at which the transactions of earlier replays were stopped, in Wh, by CSMS,
// identity and connector. A small JSON file that is replaced as a whole (temporary file, rename).

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { errorText, VcrError } from "../../base/errors.js";

/** Energy registers in Wh, by connector. */
export type Stops = Readonly<Record<string, string>>;

type Identities = Readonly<Record<string, Stops>>;

/** What the file holds: by CSMS, then by identity. */
export type MeterState = Readonly<Record<string, Identities>>;

const version = 1;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isState = (value: unknown): value is MeterState =>
  isMapping(value) &&
  Object.values(value).every(
    (identities) =>
      isMapping(identities) &&
      Object.values(identities).every(
        (stops) =>
          isMapping(stops) &&
          Object.values(stops).every(
            (wh) => typeof wh === "string" && /^-?\d{1,40}(?:\.\d{1,20})?$/.test(wh),
          ),
      ),
  );

/** Reads the file; a missing file holds nothing. Throws VcrError USAGE for a file that holds something else. */
export function readMeterState(path: string): MeterState {
  if (!existsSync(path)) return {};
  let content: unknown;
  let why = "it does not hold meter readings";
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    why = errorText(error);
  }
  if (isMapping(content) && content.version === version && isState(content.stops)) return content.stops;
  throw new VcrError(
    "USAGE",
    `${path} cannot be read: ${why}`,
    "Remove the file, or give another one with --meter-state.",
  );
}

/** Adds these registers to the file. Throws VcrError FILE_UNWRITABLE. */
export function writeMeterState(path: string, csms: string, identity: string, stops: Stops): void {
  const state = readMeterState(path);
  const identities: Identities = { ...state[csms], [identity]: { ...state[csms]?.[identity], ...stops } };
  const content = { version, stops: { ...state, [csms]: identities } };
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    const words = errorText(error);
    throw new VcrError(
      "FILE_UNWRITABLE",
      `${path} cannot be written: ${words}`,
      "Give another file with --meter-state.",
      error,
    );
  }
}
