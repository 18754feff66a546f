// Shared by the commands on cassettes: reads the named cassettes and reports their damage, and writes long outputs no
// faster than they are read.

import { once } from "node:events";
import type { Entry } from "../../cassette/format/entry.js";
import { type CassetteFile, listCassettes, readCassetteFile } from "../../io/cassette/cassette-file.js";
import { printable } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "./session.js";

/** The exit code of a cassette that is damaged or cannot be read. */
export const damagedExit = 4;

/** Reads the named cassettes one after the other; reports damage on stderr, which raises the exit code. */
export async function* eachCassette(
  session: CliSession,
  paths: readonly string[],
): AsyncGenerator<CassetteFile> {
  for (const path of listCassettes(paths)) {
    const cassette = await readCassetteFile(path);
    reportState(session, cassette);
    yield cassette;
  }
}

const reportState = (session: CliSession, cassette: CassetteFile): void => {
  const where = printable(cassette.path);
  if (cassette.state === "torn")
    session.err(`${where}: the last record is cut off; all others are read (ocpp-vcr recover repairs it)`);
  if (cassette.state === "damaged")
    session.err(
      `${where}: damaged; the whole records are read (ocpp-vcr verify prints where, recover repairs it)`,
    );
  if (cassette.state === "damaged" || cassette.entries.length === 0) raiseExitCode(session, damagedExit);
};

/** The entries of a cassette without their places. */
export function entriesOf(cassette: CassetteFile): readonly Entry[] {
  return cassette.entries.map(({ entry }) => entry);
}

const batchLength = 0x1_0000;

/** Joins lines, each with its line end, into few large texts. */
export function* joined(lines: Iterable<string>): Generator<string> {
  let batch = "";
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = "";
  }
  if (batch !== "") yield batch;
}

/** Writes texts to stdout and waits while its reader is slower. */
export async function outTexts(texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
  for await (const text of texts) if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** A time in nanoseconds as seconds: `1.500 s`. */
export function seconds(ns: number, digits = 3): string {
  return `${(ns / 1e9).toFixed(digits)} s`;
}
