// `ocpp-vcr trim`: writes a part of a cassette to a smaller cassette. The larger one is not changed; notes in the smaller
// one say what was left out.

import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { trimmedCode, unboundCode } from "../../analyse/select/kept-entry.js";
import type { PrologueKind } from "../../analyse/select/prologue.js";
import { selectEntries, withFrontNotes } from "../../analyse/select/select-entries.js";
import { refuseEmpty } from "../../app/refuse-empty.js";
import { VcrError } from "../../base/errors.js";
import type { Entry, NoteEntry } from "../../cassette/format/entry.js";
import { readCassetteFile, refuseExisting, writeCassetteFile } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { unboundValues, valueName } from "../../replay/plan/unbound.js";
import { plural } from "../../text/plural.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import {
  addPrologueOption,
  addSelectionOptions,
  hasSelection,
  type SelectionOptions,
  selectionOf,
  selectionWords,
} from "../options/selection-options.js";

interface Options extends SelectionOptions {
  readonly output: string;
  readonly prologue: PrologueKind;
  readonly force?: true;
  readonly json?: true;
}

const note = (code: string, message: string): NoteEntry => ({
  kind: "note",
  connection: null,
  at: null,
  code,
  message,
});

/** Notes on values that were assigned before the selection, so that a replay can ask for them. */
const unboundNotes = (selected: readonly Entry[], recording: readonly Entry[]): readonly NoteEntry[] => {
  const known = new Set(
    selected.flatMap((entry) => (entry.kind === "note" && entry.code === unboundCode ? [entry.message] : [])),
  );
  return unboundValues(selected, recording, inflate)
    .filter(({ isHandedOut }) => isHandedOut)
    .map((value) => `${valueName(value)} was handed out before what is kept`)
    .filter((message) => !known.has(message))
    .map((message) => note(unboundCode, message));
};

const run = async (session: CliSession, path: string, options: Options): Promise<void> => {
  const { output, prologue, force, json } = options;
  if (!hasSelection(options))
    throw new VcrError(
      "USAGE",
      "trim needs a selection",
      "Use --transaction, --from, --to, --around, --connector, --only or --skip.",
    );
  if (resolve(output) === resolve(path))
    throw new VcrError(
      "USAGE",
      "the output is the input cassette, which trim does not change",
      "Choose another name with -o.",
    );
  refuseExisting(output, force === true);
  const cassette = await readCassetteFile(path);
  if (cassette.state === "damaged")
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${printable(path)} is damaged`,
      "ocpp-vcr recover writes a whole cassette from the readable records.",
    );
  const recording = cassette.entries.map(({ entry }) => entry);
  const selection = selectionOf(options);
  const selected = selectEntries(recording, selection, { prologue }, inflate);
  refuseEmpty(path, selected);
  const words = `${selectionWords(selection)} --prologue ${prologue}`;
  const entries = withFrontNotes(selected.entries, [
    note(trimmedCode, `from ${basename(path)}: ${words}; ${selected.kept} of ${selected.of} messages`),
    ...unboundNotes(selected.entries, recording),
  ]);
  await writeCassetteFile(output, entries, force === true);
  const { kept, of, notes } = selected;
  const unbound = entries.flatMap((entry) =>
    entry.kind === "note" && entry.code === unboundCode ? [entry.message.split(" ")[0] ?? ""] : [],
  );
  if (json === true) {
    const facts = { in: path, out: output, kept, of, prologue: selected.prologue, entries: entries.length };
    session.out(jsonLine({ ...facts, selection: words, unbound, notes }));
    return;
  }
  session.out(
    `${printable(output)}: ${kept} of ${plural(of, "message")} of ${printable(path)}, and a prologue of ${plural(selected.prologue, "message")}`,
  );
  for (const what of notes) session.out(`  ${printable(what, 300)}`);
  for (const name of unbound)
    session.out(`  ${printable(name, 100)} was assigned before the selection; a replay asks for it (--bind)`);
  if (cassette.state === "torn")
    session.err(`${printable(path)}: the end is torn off; the whole records were read (ocpp-vcr recover)`);
};

/** Adds `trim` to the program. */
export function registerTrim(program: Command, session: CliSession): void {
  const command = program
    .command("trim")
    .description("Write the selected part of a cassette to a smaller cassette.")
    .argument("<cassette>", "the cassette to read; it is not changed")
    .requiredOption("-o, --output <file>", "the smaller cassette to write");
  addPrologueOption(addSelectionOptions(command))
    .option("--force", "replace the output if it exists")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  ocpp-vcr trim day.cassette -o incident.cassette --transaction 4711\n  ocpp-vcr trim day.cassette -o incident.cassette --around "gun stuck" --span 2m\n  ocpp-vcr trim day.cassette -o noon.cassette --from 11:55 --to 12:10 --skip Heartbeat --prologue full',
    )
    .action((path: string, options: Options) => run(session, path, options));
}
