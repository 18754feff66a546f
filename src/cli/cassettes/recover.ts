// `ocpp-vcr recover`: writes a good cassette from a damaged one. The damaged one is never touched, and the
// bytes that belong to no whole record are kept beside the good one.

import type { Command } from "commander";
import { VcrError } from "../../base/errors.js";
import { recoverCassette } from "../../cassette/format/recover.js";
import {
  type CassetteFile,
  readCassetteFile,
  refuseExisting,
  writeCassetteFile,
  writeWholeFile,
} from "../../io/cassette/cassette-file.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";

interface Options {
  readonly output?: string;
  readonly json?: true;
}

const lostPieces = ({ bytes, findings }: CassetteFile): readonly Uint8Array[] =>
  findings
    .filter(({ damage, length }) => damage && length > 0)
    .map(({ offset, length }) => bytes.subarray(offset, offset + length));

const run = async (session: CliSession, path: string, options: Options): Promise<void> => {
  const out = options.output ?? `${path.replace(/\.cassette$/, "")}.recovered.cassette`;
  const aside = `${out}.torn`;
  refuseExisting(out, false, "Give another name with -o.");
  const cassette = await readCassetteFile(path);
  const recovered = recoverCassette(cassette);
  if (recovered === undefined)
    throw new VcrError("CASSETTE_DAMAGED", `no record of ${path} is whole`, "There is nothing to recover.");
  const lost = lostPieces(cassette);
  if (lost.length > 0) {
    refuseExisting(aside, false, "Give another name with -o.");
    await writeWholeFile(aside, lost);
  }
  await writeCassetteFile(out, recovered.entries);
  const { state, findings } = cassette;
  const { lostOctets } = recovered;
  const torn = lost.length > 0 ? aside : null;
  if (options.json === true) {
    session.out(
      jsonLine({ in: path, out, state, entries: cassette.entries.length, lostOctets, torn, findings }),
    );
    return;
  }
  session.out(
    `${printable(out)}: ${cassette.entries.length} whole entries of ${printable(path)}, which was ${state}`,
  );
  for (const finding of findings)
    session.out(`  byte ${finding.offset}, ${finding.length} bytes: ${printable(finding.message, 300)}`);
  if (torn === null) session.out("  nothing was lost");
  else session.out(`  ${lostOctets} bytes were lost; they are kept in ${printable(torn)}`);
};

/** Adds `recover` to the program. */
export function registerRecover(program: Command, session: CliSession): void {
  program
    .command("recover")
    .description("Write a new cassette with every whole record of a torn or damaged one.")
    .argument("<cassette>", "the damaged cassette; it is not changed")
    .option("-o, --output <file>", "the new cassette (default: next to the damaged one, .recovered.cassette)")
    .option("--json", "one JSON object on stdout")
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr recover torn.cassette\n  ocpp-vcr recover torn.cassette -o good.cassette",
    )
    .action((path: string, options: Options) => run(session, path, options));
}
