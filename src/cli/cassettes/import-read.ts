// What each format of `import` is read with: its files, what it needs to know, and the cassettes and the report that
// come out.

import { basename, extname } from "node:path";
import { programName } from "../../app/program-name.js";
import { assertNever } from "../../base/assert-never.js";
import { text } from "../../base/bytes.js";
import { VcrError } from "../../base/errors.js";
import { importFrames } from "../../cassette/import/frames.js";
import { importLines } from "../../cassette/import/lines/lines.js";
import type { Imported } from "../../cassette/import/message-recording.js";
import { importNdjson } from "../../cassette/import/ndjson.js";
import { importOpenOcppTrace } from "../../cassette/import/open-ocpp-trace.js";
import { importPcap } from "../../cassette/import/pcap/pcap.js";
import { readWholeFile } from "../../io/cassette/cassette-file.js";
import { loadPattern } from "../../io/files/pattern-file.js";
import { createBoundedRun } from "../../io/platform/bounded-run.js";
import { randomSalt } from "../../io/platform/digests.js";
import { hideHead } from "../../io/platform/hide-heads.js";

/** The formats that are read. */
export const importFormats = ["frames", "lines", "pcap", "open-ocpp-trace", "ndjson"] as const;

/** A format that is read. */
export type ImportFormat = (typeof importFormats)[number];

/** What was asked for. */
export interface ImportRequest {
  readonly from: ImportFormat;
  readonly paths: readonly string[];
  readonly pattern?: string | undefined;
  readonly identity?: string | undefined;
}

/** Longer than any sane expression takes for 500 lines. */
const patternMs = 2000;

function* linesOf(bytes: Uint8Array): Generator<string> {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    yield text(bytes.subarray(at, end < 0 ? bytes.length : end));
    if (end < 0) return;
    at = end + 1;
  }
}

interface Opened {
  readonly path: string;
  /** Without folder and ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const open = async (path: string): Promise<Opened> => ({
  path,
  name: basename(path, extname(path)),
  bytes: await readWholeFile(path),
});

const context = (): { readonly salt: () => number; readonly wall: string; readonly tool: string } => ({
  salt: randomSalt,
  wall: new Date().toISOString(),
  tool: programName(),
});

const readLines = ({ pattern, identity }: ImportRequest, files: readonly Opened[]): Imported => {
  if (pattern === undefined)
    throw new VcrError(
      "USAGE",
      "--from lines needs --pattern, the name of a pattern or a file",
      "ocpp-vcr import --list-patterns lists those that ship.",
    );
  const logs = files.map(({ name, bytes }) => ({ name, lines: linesOf(bytes) }));
  const attempt = createBoundedRun(patternMs);
  return importLines(logs, loadPattern(pattern), { ...context(), attempt, identity });
};

const only = (files: readonly Opened[], from: ImportFormat): Opened => {
  const [file, another] = files;
  if (file === undefined || another !== undefined)
    throw new VcrError("USAGE", `--from ${from} reads one file at a time`, "Call it once for each file.");
  return file;
};

/** Reads the files of an import. */
export async function readImport(request: ImportRequest): Promise<Imported> {
  const { from, paths, identity } = request;
  const files: Opened[] = [];
  for (const path of paths) files.push(await open(path));
  switch (from) {
    case "frames": {
      const { bytes, name } = only(files, from);
      return importFrames(linesOf(bytes), name, context());
    }
    case "open-ocpp-trace": {
      const { bytes, name } = only(files, from);
      return importOpenOcppTrace(linesOf(bytes), name, context());
    }
    case "ndjson": {
      const { bytes, name } = only(files, from);
      return importNdjson(linesOf(bytes), name);
    }
    case "lines":
      return readLines(request, files);
    case "pcap": {
      const captures = files.map(({ path, bytes }) => ({ name: basename(path), bytes }));
      return importPcap(captures, { ...context(), hideHead, identity });
    }
    default:
      return assertNever(from);
  }
}
