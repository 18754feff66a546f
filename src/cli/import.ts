// `ocpp-vcr import`: cassettes from logs of frames, from Open OCPP Trace, and from exported entries.

import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { type Command, Option } from "commander";
import { assertNever } from "../base/assert-never.js";
import { text } from "../base/bytes.js";
import { VcrError } from "../base/errors.js";
import { jsonLine, printable } from "../base/printable.js";
import { folderName } from "../cassette/folder-name.js";
import { importFrames } from "../cassette/formats/frames.js";
import { importNdjson } from "../cassette/formats/ndjson-tape.js";
import { importOpenOcppTrace } from "../cassette/formats/open-ocpp-trace.js";
import type { Imported, ImportedTape, ImportReport } from "../cassette/message-tape.js";
import { randomSalt, sha256Hex } from "../io/digests.js";
import { readWholeFile, refuseExisting, writeTapeFile } from "../io/tape-file.js";
import type { CliSession } from "./session.js";
import { programName } from "./version.js";

type Format = "frames" | "open-ocpp-trace" | "ndjson";

interface Options {
  readonly from: Format;
  readonly output: string;
  readonly force?: true;
  readonly json?: true;
}

function* linesOf(octets: Uint8Array): Generator<string> {
  let at = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0;
  while (at < octets.length) {
    const end = octets.indexOf(10, at);
    yield text(octets.subarray(at, end < 0 ? octets.length : end));
    if (end < 0) return;
    at = end + 1;
  }
}

const read = (format: Format, lines: Iterable<string>, fallback: string): Imported => {
  const context = { salt: randomSalt, wall: new Date().toISOString(), tool: programName() };
  switch (format) {
    case "frames":
      return importFrames(lines, fallback, context);
    case "open-ocpp-trace":
      return importOpenOcppTrace(lines, fallback, context);
    case "ndjson":
      return importNdjson(lines, fallback);
    default:
      return assertNever(format);
  }
};

const plainName = /^[A-Za-z0-9_-]{1,100}$/;

/** A file for each tape; names that could lead astray are made safe. */
const placesOf = (tapes: readonly ImportedTape[], output: string): ReadonlyMap<string, ImportedTape> => {
  const isFile = output.endsWith(".cassette") && !(existsSync(output) && statSync(output).isDirectory());
  const [only] = tapes;
  if (isFile && only !== undefined && tapes.length === 1) return new Map([[output, only]]);
  if (isFile)
    throw new VcrError(
      "USAGE",
      `${tapes.length} cassettes do not fit into the one file ${output}`,
      "Give a folder with -o.",
    );
  const taken = new Set(
    existsSync(output) ? readdirSync(output).map((name) => name.replace(/\.cassette$/, "")) : [],
  );
  const places = new Map<string, ImportedTape>();
  for (const tape of tapes) {
    const name = plainName.test(tape.name)
      ? tape.name
      : folderName(tape.name, taken, (octets) => sha256Hex(octets));
    taken.add(name);
    places.set(join(output, `${name}.cassette`), tape);
  }
  return places;
};

const tellReport = (session: CliSession, path: string, report: ImportReport): void => {
  for (const remark of report.remarks) session.err(`${printable(path)}: ${remark}`);
  if (report.notUnderstood === 0) return;
  session.err(
    `${printable(path)}: ${report.notUnderstood} lines were not understood, ${report.taken} were taken`,
  );
  for (const { line, why } of report.examples) session.err(`  line ${line}: ${printable(why, 200)}`);
};

const run = async (session: CliSession, path: string, options: Options): Promise<void> => {
  const octets = await readWholeFile(path);
  const fallback = basename(path, extname(path));
  const { tapes, report } = read(options.from, linesOf(octets), fallback);
  tellReport(session, path, report);
  if (tapes.length === 0)
    throw new VcrError(
      "IMPORT_FAILED",
      `nothing in ${path} could be understood as ${options.from}`,
      "Is --from right?",
    );
  const replace = options.force === true;
  const places = placesOf(tapes, options.output);
  for (const place of places.keys()) refuseExisting(place, replace);
  for (const [place, { entries }] of places) await writeTapeFile(place, entries, replace);
  const files = [...places.keys()];
  if (options.json === true) session.out(jsonLine({ from: options.from, files, ...report }));
  else {
    for (const [place, { entries }] of places) {
      const frames = entries.filter(({ kind }) => kind === "frame").length;
      session.out(`${printable(place)}: ${frames} frames`);
    }
  }
};

/** Adds `import` to the program. */
export function registerImport(program: Command, session: CliSession): void {
  program
    .command("import")
    .description(
      "Make cassettes from a log: frames, one JSON line each; Open OCPP Trace v1.1; or exported entries.",
    )
    .argument("<file>", "the log")
    .addOption(
      new Option("--from <format>", "what the log is")
        .choices(["frames", "open-ocpp-trace", "ndjson"])
        .makeOptionMandatory(),
    )
    .option(
      "-o, --output <path>",
      "the folder of the cassettes, or one file that ends in .cassette",
      "recordings",
    )
    .option("--force", "replace cassettes that exist")
    .option("--json", "one JSON object on stdout")
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr import --from frames frames.ndjson -o recordings/imported\n  ocpp-vcr import --from open-ocpp-trace trace.jsonl -o recordings/imported\n  ocpp-vcr import --from ndjson entries.ndjson -o copy.cassette",
    )
    .action((path: string, options: Options) => run(session, path, options));
}
