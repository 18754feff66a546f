// What every command shares: where its words go, how it is asked to stop, and the exit code it leaves.
// Knows nothing of any single command.

import { Chalk, type ChalkInstance } from "chalk";
import type { Surroundings } from "../../app/surroundings.js";
import type { VcrError } from "../../base/errors.js";
import { startTimer } from "../../io/platform/timers.js";

/** The program's three ways out, and how a person asks it to stop. */
export interface CliSession {
  /** Writes a line to stdout. */
  out(line: string): void;
  /** Writes one of many lines to stdout; left out, and counted, while nobody reads them. */
  tick(line: string): void;
  /** Writes a line to stderr. */
  err(line: string): void;
  /** Colours for what goes to stdout; plain where it is no terminal or NO_COLOR is set. */
  readonly paint: ChalkInstance;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The exit code so far; the highest one wins. */
  exitCode: number;
  /** Settles with the signal when the program is asked to end; a second signal ends it at once. */
  untilStopped(): Promise<NodeJS.Signals>;
  /** Ends the process whatever it still waits for; missing where the process is not the program's own. */
  exit?(code: number): void;
}

const colourLevel = (env: NodeJS.ProcessEnv): 0 | 1 =>
  env.NO_COLOR || !process.stdout.isTTY || env.TERM === "dumb" ? 0 : 1;

/** Exit code where what is printed cannot be written. */
const outputFailed = 2;
/** Bytes that may wait for a reader of stdout before lines are left out. */
const mostWaiting = 8 * 1024 * 1024;
/** A reader who does not read must not keep a stopped program alive for longer. */
const lastWordsMs = 2000;

/** Writes lines to stdout as long as somebody reads them; says how many were left out. */
const createTicker = (): ((line: string) => void) => {
  let skipped = 0;
  return (line) => {
    if (process.stdout.writableLength > mostWaiting) {
      skipped++;
      return;
    }
    if (skipped > 0) process.stdout.write(`{"event":"skipped","lines":${skipped}}\n`);
    skipped = 0;
    process.stdout.write(`${line}\n`);
  };
};

/** Makes the session of this process. */
export function createSession(): CliSession {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // A reader that went away (`| head`) is no fault of ours.
      if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
      if (stream === process.stdout)
        process.stderr.write(`ocpp-vcr: cannot write to stdout: ${error.message}\n`);
      process.exit(outputFailed);
    });
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    tick: createTicker(),
    err: (line) => void process.stderr.write(`${line}\n`),
    paint: new Chalk({ level: colourLevel(process.env) }),
    env: process.env,
    exitCode: 0,
    untilStopped: () =>
      new Promise((resolve) => {
        let asked = false;
        const stop = (signal: NodeJS.Signals): void => {
          if (asked) process.exit(130);
          asked = true;
          resolve(signal);
        };
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
      }),
    exit: (code) => process.exit(code),
  };
}

/** Ends a stopped program even if what it has said is not read. */
export function endSoon(session: CliSession): void {
  startTimer(() => session.exit?.(session.exitCode), lastWordsMs).unref();
}

/** Raises the exit code; it never sinks. */
export function raiseExitCode(session: CliSession, code: number): void {
  session.exitCode = Math.max(session.exitCode, code);
}

/** What a run takes from this session: its environment, and stderr for its warnings. */
export function surroundingsOf({ env, err }: CliSession): Surroundings {
  return { env, warn: (message) => err(`ocpp-vcr: ${message}`) };
}

/** Prints an error and what helps, and raises the exit code to its own. */
export function printError(session: CliSession, error: VcrError): void {
  session.err(`ocpp-vcr: ${error.message}`);
  if (error.hint !== "") session.err(`  ${error.hint}`);
  raiseExitCode(session, error.exitCode);
}
