// `ocpp-vcr export`: writes cassettes in another format, to stdout no faster than it is read, or into a file.

import { type Command, Option } from "commander";
import { messagesOf } from "../../analyse/messages/messages.js";
import { utf8 } from "../../base/bytes.js";
import type { DocumentWriter, NotHeld } from "../../cassette/formats/format.js";
import { type WritableFormat, writableFormats } from "../../cassette/formats/table.js";
import { refuseExisting, writeWholeFile } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { plural, singular } from "../../text/plural.js";
import { printable } from "../../text/printable.js";
import { eachCassette, entriesOf, joined, outTexts } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";
import { formatLines } from "./format-lines.js";

interface Options {
  readonly to: string;
  readonly output?: string;
  readonly force?: true;
}

const reportNotHeld = (session: CliSession, path: string, format: WritableFormat, notHeld: NotHeld): void => {
  const missing = Object.entries(notHeld).filter(([, count]) => count > 0);
  if (missing.length === 0) return;
  const wordsOf = (kind: string): string => format.writer.cannotHold[kind] ?? kind;
  const list = missing
    .map(([kind, count]) => plural(count, singular(wordsOf(kind)), wordsOf(kind)))
    .join(", ");
  session.err(`${printable(path)}: ${format.name} cannot hold ${list}`);
};

/** The texts of one document that holds all the cassettes. */
async function* textsOf(
  session: CliSession,
  paths: readonly string[],
  format: WritableFormat,
): AsyncGenerator<string> {
  const document: DocumentWriter = format.writer.start({
    messagesOf: (entries) => messagesOf(entries, inflate),
  });
  yield* joined(document.begin?.() ?? []);
  for await (const cassette of eachCassette(session, paths)) {
    const { lines, notHeld } = document.add({ name: cassette.path, entries: entriesOf(cassette) });
    yield* joined(lines);
    reportNotHeld(session, cassette.path, format, notHeld());
  }
  yield* joined(document.end?.() ?? []);
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield utf8(text);
}

const run = async (
  session: CliSession,
  paths: readonly string[],
  { to, output, force }: Options,
  formats: readonly WritableFormat[],
): Promise<void> => {
  const format = formats.find(({ name }) => name === to);
  if (format === undefined) throw new Error(`no format ${to}`);
  if (output !== undefined) refuseExisting(output, force === true);
  const texts = textsOf(session, paths, format);
  if (output === undefined) await outTexts(texts);
  else await writeWholeFile(output, encoded(texts), force === true);
};

/** Adds `export` to the program. */
export function registerExport(
  program: Command,
  session: CliSession,
  formats: readonly WritableFormat[] = writableFormats,
): void {
  program
    .command("export")
    .description("Write cassettes in another format.")
    .argument("<cassette...>", "cassettes, or folders of cassettes")
    .addOption(
      new Option("--to <format>", "the format")
        .choices(formats.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option("-o, --output <file>", "a file instead of stdout")
    .option("--force", "replace the file if it exists")
    .addHelpText(
      "after",
      `
Formats:
${formatLines(formats)}

Examples:
  ocpp-vcr export --to ndjson a.cassette
  ocpp-vcr export --to open-ocpp-trace a.cassette -o trace.jsonl`,
    )
    .action((paths: string[], options: Options) => run(session, paths, options, formats));
}
