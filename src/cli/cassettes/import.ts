// `ocpp-vcr import`: cassettes from logs of other programs, from network captures, from logs of frames, from Open
// OCPP Trace, and from exported entries.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import { folderName } from "../../cassette/folder-name.js";
import type { Imported, ImportedRecording, ImportReport } from "../../cassette/import/message-recording.js";
import { refuseExisting, writeCassetteFile } from "../../io/cassette/cassette-file.js";
import { loadPattern, shippedPatterns } from "../../io/files/pattern-file.js";
import { sha256Hex } from "../../io/platform/digests.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { type ImportFormat, importFormats, readImport } from "./import-read.js";

interface Options {
  readonly from?: ImportFormat;
  readonly pattern?: string;
  readonly identity?: string;
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

const tellReport = (session: CliSession, what: string, { report }: Imported): void => {
  for (const remark of report.remarks) session.err(`${what}: ${printable(remark, 500)}`);
  if (report.notUnderstood === 0) return;
  session.err(`${what}: ${report.notUnderstood} lines were not understood, ${report.taken} were taken`);
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

const nothingFound = (what: string, from: ImportFormat, report: ImportReport): VcrError => {
  const [first] = report.remarks;
  const why =
    first === undefined ? "" : `: ${report.remarks.map((remark) => printable(remark, 300)).join("; ")}`;
  const hint =
    from === "lines" ? "Is --pattern right? --list-patterns shows what each expects." : "Is --from right?";
  return new VcrError("IMPORT_FAILED", `nothing in ${what} could be understood as ${from}${why}`, hint);
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
      session.out(`${printable(place)}: ${frames} frames`);
    }
  }
};

const run = async (session: CliSession, paths: readonly string[], options: Options): Promise<void> => {
  const { from, pattern, identity, listPatterns: isList, json } = options;
  if (isList === true) {
    listPatterns(session, json === true);
    return;
  }
  if (from === undefined)
    throw new VcrError("USAGE", `import needs --from: ${importFormats.join(", ")}`, "See import --help.");
  if (paths.length === 0) throw new VcrError("USAGE", "import needs a file to read", "See import --help.");
  if (pattern !== undefined && from !== "lines")
    throw new VcrError("USAGE", `--pattern is for --from lines, not for --from ${from}`, "Leave it out.");
  if (identity !== undefined && from !== "lines" && from !== "pcap")
    throw new VcrError("USAGE", `--identity is for --from lines and pcap, not for ${from}`, "Leave it out.");
  const imported = await readImport({ from, paths, pattern, identity });
  const what = paths.length === 1 ? printable(paths[0] ?? "") : `${paths.length} files`;
  if (imported.recordings.length === 0) {
    if (imported.report.notUnderstood > 0) tellReport(session, what, imported);
    throw nothingFound(what, from, imported.report);
  }
  tellReport(session, what, imported);
  await write(session, imported, options);
};

const help = `
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
    .description(
      "Make cassettes from a log of another program, a network capture, a log of frames, Open OCPP Trace v1.1, or exported entries.",
    )
    .argument("[file...]", "the log or capture; several for lines and pcap")
    .addOption(new Option("--from <format>", "what the file is").choices([...importFormats]))
    .option("--pattern <name|file>", "of --from lines: where in a line stands what; a name or a YAML file")
    .option("--list-patterns", "list the patterns that ship, each with an example")
    .option("--identity <id>", "of --from lines and pcap: the charge point of what names none")
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
