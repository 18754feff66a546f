// `ocpp-vcr verify`: whether cassettes are whole, and where they are not. A cassette that was never closed (a
// killed recorder) but whose records are all whole is fine; a torn or damaged one is not.

import type { Command } from "commander";
import { type CassetteFile, listCassettes, readCassetteFile } from "../../io/cassette/cassette-file.js";
import { jsonLine, printable } from "../../text/printable.js";
import { damagedExit } from "../common/cassettes.js";
import { type CliSession, raiseExitCode } from "../common/session.js";

const verdicts: Readonly<Record<CassetteFile["state"], string>> = {
  whole: "whole",
  unfinished: "whole, but still being recorded, or the recorder was killed",
  torn: "torn: its last record is cut off",
  damaged: "damaged",
};

const tell = (session: CliSession, cassette: CassetteFile): void => {
  const { paint } = session;
  const good = cassette.state === "whole" || cassette.state === "unfinished";
  const verdict = good ? paint.green(verdicts[cassette.state]) : paint.red(verdicts[cassette.state]);
  session.out(
    `${printable(cassette.path)}: ${verdict} (${cassette.entries.length} entries, ${cassette.size} bytes)`,
  );
  for (const { code, offset, length, message } of cassette.findings)
    session.out(`  byte ${offset}, ${length} bytes: ${printable(message, 300)} [${code}]`);
};

const run = async (session: CliSession, paths: readonly string[], json: boolean): Promise<void> => {
  for (const path of listCassettes(paths)) {
    const cassette = await readCassetteFile(path);
    const { state, size, entries, findings } = cassette;
    if (state === "torn" || state === "damaged") raiseExitCode(session, damagedExit);
    if (json) session.out(jsonLine({ path, state, size, entries: entries.length, findings }));
    else tell(session, cassette);
  }
};

/** Adds `verify` to the program. */
export function registerVerify(program: Command, session: CliSession): void {
  program
    .command("verify")
    .description("Check cassettes for damage; exit 4 when one is torn or damaged.")
    .argument("<cassette...>", "cassettes, or folders of cassettes")
    .option("--json", "one JSON object per cassette on stdout")
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr verify recordings\n  ocpp-vcr verify --json recordings/CP1/*.cassette",
    )
    .action((paths: string[], { json }: { json?: true }) => run(session, paths, json === true));
}
