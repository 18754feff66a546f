// Reads the files of `import` with the reader of their format.

import { basename, extname } from "node:path";
import { programName } from "../../app/program-name.js";
import { VcrError } from "../../base/errors.js";
import type { ReadContext, SourceFile } from "../../cassette/formats/format.js";
import type { ReadableFormat } from "../../cassette/formats/table.js";
import type { Imported } from "../../cassette/message-recording.js";
import { readWholeFile } from "../../io/cassette/cassette-file.js";
import { loadPattern } from "../../io/files/pattern-file.js";
import { createBoundedRun } from "../../io/platform/bounded-run.js";
import { randomSalt } from "../../io/platform/digests.js";
import { hideHead } from "../../io/platform/hide-heads.js";

/** Options that only some formats take, as they are written on the command line. */
export interface FormatOptions {
  readonly pattern?: string;
  readonly identity?: string;
}

/** More than any sensible regular expression needs for 500 lines. */
const patternMs = 2000;

const open = async (path: string): Promise<SourceFile> => ({
  name: basename(path, extname(path)),
  fileName: basename(path),
  bytes: await readWholeFile(path),
});

const context = (): ReadContext => ({
  salt: randomSalt,
  wall: new Date().toISOString(),
  tool: programName(),
  hideHead,
  attempt: createBoundedRun(patternMs),
});

/** Reads files. Throws VcrError if a file or the pattern cannot be read, or if the format reads one file only. */
export async function readImport(
  { name, reader }: ReadableFormat,
  paths: readonly string[],
  { pattern, identity }: FormatOptions,
): Promise<Imported> {
  if (paths.length > 1 && !reader.takesSeveral)
    throw new VcrError("USAGE", `--from ${name} reads one file at a time`, "Call it once for each file.");
  const options = { identity, pattern: pattern === undefined ? undefined : loadPattern(pattern) };
  const files: SourceFile[] = [];
  for (const path of paths) files.push(await open(path));
  return reader.read(files, options, context());
}
