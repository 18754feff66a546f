// The program: its commands, and the printing of errors with their exit codes.

import { Command, CommanderError } from "commander";
import { packageVersion } from "../app/program-name.js";
import { errorTrace, VcrError } from "../base/errors.js";
import { ocppVersions } from "../ocpp/version.js";
import { nearest } from "../text/nearest.js";
import { printable } from "../text/printable.js";
import { type CliSession, createSession, printError, raiseExitCode } from "./common/session.js";
import { fillSettings, isSettingsFile } from "./settings.js";

/** Adds one command to the program; its action raises the session's exit code instead of ending the process. */
export type Register = (program: Command, session: CliSession) => void;

// In the order of the help. Only the modules of the named command are loaded: loading all takes longer than most commands
// run.
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  record: async () => (await import("./record/record.js")).registerRecord,
  replay: async () => (await import("./replay/replay.js")).registerReplay,
  csms: async () => (await import("./csms.js")).registerCsms,
  ctl: async () => (await import("./ctl/ctl.js")).registerCtl,
  info: async () => (await import("./cassettes/info.js")).registerInfo,
  show: async () => (await import("./cassettes/show.js")).registerShow,
  verify: async () => (await import("./cassettes/verify.js")).registerVerify,
  lint: async () => (await import("./cassettes/lint.js")).registerLint,
  diff: async () => (await import("./cassettes/diff.js")).registerDiff,
  recover: async () => (await import("./cassettes/recover.js")).registerRecover,
  trim: async () => (await import("./cassettes/trim.js")).registerTrim,
  import: async () => (await import("./cassettes/import.js")).registerImport,
  export: async () => (await import("./cassettes/export.js")).registerExport,
  demo: async () => (await import("./demo.js")).registerDemo,
  certs: async () => (await import("./certs/certs.js")).registerCerts,
  probe: async () => (await import("./probe/probe.js")).registerProbe,
  doctor: async () => (await import("./probe/doctor.js")).registerDoctor,
  rules: async () => (await import("./rules/rules.js")).registerRules,
  sweep: async () => (await import("./sweep/sweep.js")).registerSweep,
};

/** Builds the program without running it: with only the named command, or with all commands if there is none of this name. */
export async function createProgram(session: CliSession, name = ""): Promise<Command> {
  const program = new Command("ocpp-vcr")
    .description(
      `Record, replay and disturb the dialogue between EV chargers and their backend (OCPP ${ocppVersions.join(", ")}).`,
    )
    // Not `--version`: commander accepts an option of the program after a command, too, and `certs export` has its own.
    .version(packageVersion(), "-V", "the version of this program (or --version alone)")
    .option("--config <file>", "options from this file instead of ocpp-vcr.yaml")
    .showHelpAfterError("(see ocpp-vcr --help, or ocpp-vcr COMMAND --help)")
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
  const named = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  for (const load of named) (await load?.())?.(program, session);
  return program;
}

const explain = (session: CliSession, error: unknown): void => {
  if (error instanceof CommanderError) raiseExitCode(session, error.exitCode === 0 ? 0 : 2);
  else if (error instanceof VcrError) printError(session, error);
  else {
    session.err(`ocpp-vcr: internal error, please report it with this trace: ${errorTrace(error)}`);
    raiseExitCode(session, 1);
  }
};

/** The argument that names the command: the first one that is neither an option of the program nor its value. */
const commandWord = (argv: readonly string[]): string | undefined => {
  const [first = "", second] = argv;
  if (first === "--config") return commandWord(argv.slice(2));
  if (first.startsWith("--config=")) return commandWord(argv.slice(1));
  return first.startsWith("-") || first === "" ? undefined : first === "help" ? second : first;
};

/** Refuses an unknown command, also one with `--help`, for which commander would print the help of the program. */
const refuseUnknown = (argv: readonly string[]): void => {
  const word = commandWord(argv);
  if (word === undefined || Object.hasOwn(commands, word)) return;
  const near = nearest(word, Object.keys(commands));
  throw new VcrError(
    "USAGE",
    `unknown command '${printable(word, 60)}'`,
    `${near === undefined ? "" : `Did you mean ${near}? `}ocpp-vcr --help lists the commands.`,
  );
};

/** With `--help`, commander does not check the other options: refuses an unknown one. */
const refuseUnknownOption = (program: Command, argv: readonly string[]): void => {
  if (!argv.some((word) => word === "--help" || word === "-h")) return;
  let command = program;
  for (let i = 0; i < argv.length && argv[i] !== "--"; i++) {
    const word = argv[i] ?? "";
    command = command.commands.find((candidate) => candidate.name() === word) ?? command;
    if (!word.startsWith("-")) continue;
    const [name = ""] = word.split("=");
    const options = [...program.options, ...command.options];
    const option = options.find(({ long, short }) => long === name || short === name);
    if (option?.required === true && name === word) i++;
    if (option !== undefined || !/^--./.test(name) || name === "--help") continue;
    const near = nearest(
      name,
      options.flatMap(({ long }) => long ?? []),
    );
    throw new VcrError(
      "USAGE",
      `unknown option '${printable(name, 60)}'`,
      near === undefined ? `ocpp-vcr ${command.name()} --help lists them.` : `Did you mean ${near}?`,
    );
  }
};

/** Runs the program with these arguments (without node and script); returns the exit code. */
export async function main(argv: readonly string[], session: CliSession = createSession()): Promise<number> {
  try {
    refuseUnknown(argv);
    const program = await createProgram(session, isSettingsFile(argv, session.env) ? "" : argv[0]);
    refuseUnknownOption(program, argv);
    if (argv.length === 0) {
      program.outputHelp();
      return 2;
    }
    await program.parseAsync(argv[0] === "--version" ? ["-V"] : [...argv], { from: "user" });
  } catch (error) {
    explain(session, error);
  }
  return session.exitCode;
}
