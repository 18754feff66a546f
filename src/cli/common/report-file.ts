// The report files of commands. A report replaces an earlier one of the same kind, and no other file, so that a wrong path
// does not destroy a recording.

import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { utf8 } from "../../base/bytes.js";
import { errorText, VcrError } from "../../base/errors.js";
import { writeWholeFile } from "../../io/cassette/cassette-file.js";

/** The first characters of a report file, by which an earlier report is recognised. */
export type ReportStart = "<?xml" | "<!doctype html";

const startOf = (path: string, length: number): string => {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = new Uint8Array(length);
      return new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes)));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const why = errorText(error);
    throw new VcrError("FILE_UNWRITABLE", `${path} cannot be written: ${why}`, "", error);
  }
};

/** Refuses to replace a file of another kind; called before any work. Throws VcrError FILE_UNWRITABLE. */
export function refuseForeign(path: string, start: ReportStart): void {
  if (!existsSync(path)) return;
  const found = startOf(path, start.length);
  if (found !== "" && found !== start)
    throw new VcrError(
      "FILE_UNWRITABLE",
      `${path} exists and is not a report`,
      "Give another name, or remove it.",
    );
}

/** Writes the file; an earlier one of its kind is replaced. */
export async function writeReportFile(path: string, start: ReportStart, content: string): Promise<void> {
  refuseForeign(path, start);
  await writeWholeFile(path, [utf8(content)], true);
}

/** SHA-256 of a text in base64, for the Content-Security-Policy of pages. */
export function sha256Base64(content: string): string {
  return createHash("sha256").update(content).digest("base64");
}
