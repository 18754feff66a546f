// What the commands on cassettes share: reading the cassettes that were named, saying what is wrong with them, and
// writing long outputs no faster than they are read.

import { once } from "node:events";
import type { Entry } from "../../cassette/format/entry.js";
import { type CassetteFile, listCassettes, readCassetteFile } from "../../io/cassette/cassette-file.js";
import { printable } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "./session.js";

/** The exit code of a cassette that is damaged or cannot be read. */
export const damagedExit = 4;

/** The cassettes that the paths name, one after the other; damage is told, and a damaged one raises the exit code. */
export async function* eachCassette(
  session: CliSession,
  paths: readonly string[],
): AsyncGenerator<CassetteFile> {
  for (const path of listCassettes(paths)) {
    const cassette = await readCassetteFile(path);
    tellState(session, cassette);
    yield cassette;
  }
}

const tellState = (session: CliSession, cassette: CassetteFile): void => {
  const where = printable(cassette.path);
  if (cassette.state === "torn")
    session.err(`${where}: the end is torn off; what is whole is read (ocpp-vcr recover makes it good)`);
  if (cassette.state === "damaged")
    session.err(
      `${where}: damaged; what is whole is read (ocpp-vcr verify says where, recover makes it good)`,
    );
  if (cassette.state === "damaged" || cassette.entries.length === 0) raiseExitCode(session, damagedExit);
};

/** The entries of a cassette without their places. */
export function entriesOf(cassette: CassetteFile): readonly Entry[] {
  return cassette.entries.map(({ entry }) => entry);
}

const batchLength = 0x1_0000;

/** The lines joined into few large texts, each line with its end. */
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

/** Writes texts to stdout and waits whenever its reader is slower. */
export async function outTexts(texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
  for await (const text of texts) if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Nanoseconds as a person reads them. */
export function seconds(ns: number, digits = 3): string {
  return `${(ns / 1e9).toFixed(digits)} s`;
}
