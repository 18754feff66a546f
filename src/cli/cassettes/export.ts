// `ocpp-vcr export`: a cassette in another format, streamed to stdout no faster than it is read, or into a file.

import { type Command, Option } from "commander";
import { messagesOf } from "../../analyse/messages/messages.js";
import { utf8 } from "../../base/bytes.js";
import { entryToJson } from "../../cassette/export/ndjson.js";
import { type NotHeld, openOcppTrace } from "../../cassette/export/open-ocpp-trace.js";
import { type CassetteFile, refuseExisting, writeWholeFile } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { jsonLine, printable } from "../../text/printable.js";
import { eachCassette, entriesOf, joined, outTexts } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";

interface Options {
  readonly to: "ndjson" | "open-ocpp-trace";
  readonly output?: string;
  readonly force?: true;
}

const names: Readonly<Record<keyof NotHeld, string>> = {
  unreadable: "unreadable messages",
  controlFrames: "control frames",
  handshakes: "handshakes",
  typesFiveAndSix: "messages of types 5 and 6",
  otherEntries: "other entries",
};

const tellNotHeld = (session: CliSession, path: string, notHeld: NotHeld): void => {
  const missing = Object.entries(notHeld).filter(([, count]) => count > 0);
  if (missing.length === 0) return;
  const list = missing.map(([name, count]) => `${count} ${names[name as keyof NotHeld]}`).join(", ");
  session.err(`${printable(path)}: Open OCPP Trace cannot hold ${list}`);
};

function* ndjsonOf(cassette: CassetteFile): Generator<string> {
  for (const { entry } of cassette.entries) yield jsonLine(entryToJson(entry));
}

const traceOf = (cassette: CassetteFile): ReturnType<typeof openOcppTrace> => {
  const entries = entriesOf(cassette);
  return openOcppTrace(entries, messagesOf(entries, inflate));
};

async function* textsOf(
  session: CliSession,
  paths: readonly string[],
  to: Options["to"],
): AsyncGenerator<string> {
  for await (const cassette of eachCassette(session, paths)) {
    const trace = to === "ndjson" ? undefined : traceOf(cassette);
    yield* joined(trace?.lines ?? ndjsonOf(cassette));
    if (trace !== undefined) tellNotHeld(session, cassette.path, trace.notHeld());
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield utf8(text);
}

const run = async (session: CliSession, paths: readonly string[], options: Options): Promise<void> => {
  const { to, output } = options;
  const replace = options.force === true;
  if (output !== undefined) refuseExisting(output, replace);
  const texts = textsOf(session, paths, to);
  if (output === undefined) await outTexts(texts);
  else await writeWholeFile(output, encoded(texts), replace);
};

/** Adds `export` to the program. */
export function registerExport(program: Command, session: CliSession): void {
  program
    .command("export")
    .description(
      "Write cassettes in another format: every entry (ndjson), or the messages (open-ocpp-trace).",
    )
    .argument("<cassette...>", "cassettes, or folders of cassettes")
    .addOption(
      new Option("--to <format>", "the format").choices(["ndjson", "open-ocpp-trace"]).makeOptionMandatory(),
    )
    .option("-o, --output <file>", "a file instead of stdout")
    .option("--force", "replace the file if it exists")
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr export --to ndjson a.cassette\n  ocpp-vcr export --to open-ocpp-trace a.cassette -o trace.jsonl",
    )
    .action((paths: string[], options: Options) => run(session, paths, options));
}
