// `ocpp-vcr import`: makes cassettes from files of other formats.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import { folderName } from "../../cassette/folder-name.js";
import { type ReadableFormat, readableFormats } from "../../cassette/formats/table.js";
import type { Imported, ImportedRecording, ImportReport } from "../../cassette/message-recording.js";
import { refuseExisting, writeCassetteFile } from "../../io/cassette/cassette-file.js";
import { loadPattern, shippedPatterns } from "../../io/files/pattern-file.js";
import { sha256Hex } from "../../io/platform/digests.js";
import { plural } from "../../text/plural.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { formatLines } from "./format-lines.js";
import { type FormatOptions, readImport } from "./import-read.js";

interface Options extends FormatOptions {
  readonly from?: string;
  readonly listPatterns?: true;
  readonly output: string;
  readonly force?: true;
  readonly json?: true;
}

const plainName = /^[A-Za-z0-9_-]{1,100}$/;

/** A file for each cassette; names that could lead astray are made safe. */
const placesOf = (
  cassettes: readonly ImportedRecording[],
  output: string,
): ReadonlyMap<string, ImportedRecording> => {
  const isFile = output.endsWith(".cassette") && !(existsSync(output) && statSync(output).isDirectory());
  const [only] = cassettes;
  if (isFile && only !== undefined && cassettes.length === 1) return new Map([[output, only]]);
  if (isFile)
    throw new VcrError(
      "USAGE",
      `${cassettes.length} cassettes do not fit into the one file ${output}`,
      "Give a folder with -o.",
    );
  const taken = new Set(
    existsSync(output) ? readdirSync(output).map((name) => name.replace(/\.cassette$/, "")) : [],
  );
  const places = new Map<string, ImportedRecording>();
  for (const cassette of cassettes) {
    const name = plainName.test(cassette.name)
      ? cassette.name
      : folderName(cassette.name, taken, (bytes) => sha256Hex(bytes));
    taken.add(name);
    places.set(join(output, `${name}.cassette`), cassette);
  }
  return places;
};

const reportProblems = (session: CliSession, what: string, { report }: Imported): void => {
  for (const remark of report.remarks) session.err(`${what}: ${printable(remark, 500)}`);
  if (report.notUnderstood === 0) return;
  session.err(
    `${what}: ${plural(report.notUnderstood, "line was", "lines were")} not understood, ${plural(report.taken, "was", "were")} taken`,
  );
  for (const { line, why, text } of report.examples) {
    const quoted = text === undefined ? "" : `: ${printable(text, 120)}`;
    session.err(`  line ${line}: ${printable(why, 200)}${quoted}`);
  }
};

const listPatterns = (session: CliSession, isJson: boolean): void => {
  for (const name of shippedPatterns()) {
    const { about, kind, example } = loadPattern(name);
    if (isJson) session.out(jsonLine({ name, about, kind, example }));
    else {
      session.out(`${session.paint.bold(name)}  ${about}`);
      for (const line of example) session.out(`    ${line}`);
    }
  }
};

const nothingFound = (what: string, { name, reader }: ReadableFormat, report: ImportReport): VcrError => {
  const remarks = report.remarks.map((remark) => printable(remark, 300)).join("; ");
  const why = remarks === "" ? "" : `: ${remarks}`;
  return new VcrError("IMPORT_FAILED", `nothing in ${what} could be read as ${name}${why}`, reader.hint);
};

const write = async (
  session: CliSession,
  { recordings, report }: Imported,
  { from, output, force, json }: Options,
): Promise<void> => {
  const replace = force === true;
  const places = placesOf(recordings, output);
  for (const place of places.keys()) refuseExisting(place, replace);
  for (const [place, { entries }] of places) await writeCassetteFile(place, entries, replace);
  const files = [...places.keys()];
  const { facts, ...counts } = report;
  if (json === true) session.out(jsonLine({ from, files, ...counts, ...facts }));
  else {
    for (const [place, { entries }] of places) {
      const frames = entries.filter(({ kind }) => kind === "frame").length;
      session.out(`${printable(place)}: ${plural(frames, "frame")}`);
    }
  }
};

const namesOf = (formats: readonly ReadableFormat[]): string => formats.map(({ name }) => name).join(", ");

const takers = (option: keyof FormatOptions): readonly ReadableFormat[] =>
  readableFormats.filter(({ reader }) => reader.options.includes(option));

/** The format of --from. Throws VcrError USAGE if it is missing, or if options or files do not suit it. */
const chosenFormat = (paths: readonly string[], { from, ...options }: Options): ReadableFormat => {
  const format = readableFormats.find(({ name }) => name === from);
  if (format === undefined)
    throw new VcrError("USAGE", `import needs --from: ${namesOf(readableFormats)}`, "See import --help.");
  if (paths.length === 0) throw new VcrError("USAGE", "import needs a file to read", "See import --help.");
  for (const option of ["pattern", "identity"] as const)
    if (options[option] !== undefined && !format.reader.options.includes(option))
      throw new VcrError(
        "USAGE",
        `--${option} is for --from ${namesOf(takers(option))}, not for --from ${from}`,
        "Leave it out.",
      );
  if (format.reader.needs === "pattern" && options.pattern === undefined)
    throw new VcrError(
      "USAGE",
      `--from ${from} needs --pattern, the name of a pattern or a file`,
      "ocpp-vcr import --list-patterns lists those that ship.",
    );
  return format;
};

const run = async (session: CliSession, paths: readonly string[], options: Options): Promise<void> => {
  if (options.listPatterns === true) {
    listPatterns(session, options.json === true);
    return;
  }
  const format = chosenFormat(paths, options);
  const imported = await readImport(format, paths, options);
  const what = paths.length === 1 ? printable(paths[0] ?? "") : `${paths.length} files`;
  if (imported.recordings.length === 0) {
    if (imported.report.notUnderstood > 0) reportProblems(session, what, imported);
    throw nothingFound(what, format, imported.report);
  }
  reportProblems(session, what, imported);
  await write(session, imported, options);
};

const help = `
Formats:
${formatLines(readableFormats)}

Examples:
  ocpp-vcr import --list-patterns
  ocpp-vcr import --from lines --pattern steve steve.log -o recordings/imported
  ocpp-vcr import --from lines --pattern my-backend.yaml --identity CP1 backend.log -o recordings/imported
  ocpp-vcr import --from pcap capture.pcapng -o recordings/imported
  ocpp-vcr import --from frames frames.ndjson -o recordings/imported
  ocpp-vcr import --from open-ocpp-trace trace.jsonl -o recordings/imported
  ocpp-vcr import --from ndjson entries.ndjson -o copy.cassette`;

/** Adds `import` to the program. */
export function registerImport(program: Command, session: CliSession): void {
  program
    .command("import")
    .description("Make cassettes from logs of other programs, network captures and exported files.")
    .argument(
      "[file...]",
      `the files; several for ${namesOf(readableFormats.filter(({ reader }) => reader.takesSeveral))}`,
    )
    .addOption(
      new Option("--from <format>", "the format of the files").choices(
        readableFormats.map(({ name }) => name),
      ),
    )
    .option(
      "--pattern <name|file>",
      `for ${namesOf(takers("pattern"))}: where the values are in a line; a name or a YAML file`,
    )
    .option("--list-patterns", "list the patterns that ship, each with an example")
    .option(
      "--identity <id>",
      `for ${namesOf(takers("identity"))}: the charge point of messages that name none`,
    )
    .option(
      "-o, --output <path>",
      "the folder of the cassettes, or one file that ends in .cassette",
      "recordings",
    )
    .option("--force", "replace cassettes that exist")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", help)
    .action((paths: string[], options: Options) => run(session, paths, options));
}
