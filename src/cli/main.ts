// The program: its commands, and the one place where errors become words and exit codes.

import { Command, CommanderError } from "commander";
import { VcrError } from "../base/errors.js";
import { registerCerts } from "./certs.js";
import { registerCsms } from "./csms.js";
import { registerCtl } from "./ctl.js";
import { registerDemo } from "./demo.js";
import { registerDiff } from "./diff.js";
import { registerDoctor } from "./doctor.js";
import { registerExport } from "./export.js";
import { registerImport } from "./import.js";
import { registerInfo } from "./info.js";
import { registerLint } from "./lint.js";
import { registerProbe } from "./probe.js";
import { registerRecord } from "./record.js";
import { registerRecover } from "./recover.js";
import { registerReplay } from "./replay.js";
import { registerRules } from "./rules.js";
import { type CliSession, createSession, raiseExitCode } from "./session.js";
import { fillSettings } from "./settings.js";
import { registerShow } from "./show.js";
import { registerSweep } from "./sweep.js";
import { registerTrim } from "./trim.js";
import { registerVerify } from "./verify.js";
import { packageVersion } from "./version.js";

/** Adds one command to the program; its action raises the session's exit code instead of ending the process. */
export type Register = (program: Command, session: CliSession) => void;

const commands: readonly Register[] = [
  registerRecord,
  registerReplay,
  registerCsms,
  registerCtl,
  registerInfo,
  registerShow,
  registerVerify,
  registerLint,
  registerDiff,
  registerRecover,
  registerTrim,
  registerImport,
  registerExport,
  registerDemo,
  registerCerts,
  registerProbe,
  registerDoctor,
  registerRules,
  registerSweep,
];

/** Builds the program without running it. */
export function createProgram(session: CliSession): Command {
  const program = new Command("ocpp-vcr")
    .description(
      "Record, replay and disturb the dialogue between EV chargers and their backend (OCPP 1.6J, 2.0.1, 2.1).",
    )
    // Not `--version`: commander takes an option of the program also behind a command, and `certs export` has its own.
    .version(packageVersion(), "-V", "the version of this program (or --version alone)")
    .option("--config <file>", "options from this file instead of ocpp-vcr.yaml")
    .showHelpAfterError("(ocpp-vcr --help, or ocpp-vcr COMMAND --help, tells more)")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => session.out(text.trimEnd()),
      writeErr: (text) => session.err(text.trimEnd()),
    })
    .hook("preAction", (_program, command) => fillSettings(command, session.env))
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr demo\n  ocpp-vcr record --csms ws://csms.example:8080/ocpp --listen 0.0.0.0:9310\n  ocpp-vcr replay recordings/CP1 --csms ws://127.0.0.1:9000/ocpp\n\nExit codes: 0 ok, 1 replay failed or partial, or lint found something, 2 usage, 3 network, 4 cassette damaged, 130 interrupted.",
    );
  for (const register of commands) register(program, session);
  return program;
}

const explain = (session: CliSession, error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof VcrError) {
    session.err(`ocpp-vcr: ${error.message}`);
    if (error.hint !== "") session.err(`  ${error.hint}`);
    return error.exitCode;
  }
  session.err(
    `ocpp-vcr: a defect of ours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return 1;
};

/** Runs the program with these arguments (without node and script); gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const session = createSession();
  try {
    const program = createProgram(session);
    if (argv.length === 0) {
      program.outputHelp();
      return 2;
    }
    await program.parseAsync(argv[0] === "--version" ? ["-V"] : [...argv], { from: "user" });
  } catch (error) {
    raiseExitCode(session, explain(session, error));
  }
  return session.exitCode;
}
