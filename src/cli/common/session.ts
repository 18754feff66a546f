// Shared by all commands: output, signals, and the exit code.

import { Chalk, type ChalkInstance } from "chalk";
import type { VcrError } from "../../base/errors.js";
import { startTimer } from "../../io/platform/timers.js";

/** The output of the program, its environment, its signals and its exit code. */
export interface CliSession {
  /** Writes a line to stdout. */
  out(line: string): void;
  /** Writes one of many lines to stdout; it is left out, and counted, if the reader of stdout is too slow. */
  tick(line: string): void;
  /** Writes a line to stderr. */
  err(line: string): void;
  /** Colours for stdout; none if it is not a terminal or NO_COLOR is set. */
  readonly paint: ChalkInstance;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The exit code so far; the highest one wins. */
  exitCode: number;
  /** Settles when a signal asks the program to end; a second signal ends it at once. */
  untilStopped(): Promise<NodeJS.Signals>;
  /** Ends the process at once; absent if the program runs inside another one's process. */
  exit?(code: number): void;
}

const colourLevel = (env: NodeJS.ProcessEnv): 0 | 1 =>
  env.NO_COLOR || !process.stdout.isTTY || env.TERM === "dumb" ? 0 : 1;

/** The exit code if stdout cannot be written. */
const outputFailed = 2;
/** The most bytes that wait for the reader of stdout; beyond it lines are left out. */
const mostWaiting = 8 * 1024 * 1024;
/** How long a stopped program waits for the reader of its output, in milliseconds. */
const lastWordsMs = 2000;

/** Writes lines to stdout while they are read, and prints how many were left out. */
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
      // A reader that closes the pipe (`| head`) is not an error.
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

/** Ends a stopped program even if its output is not read. */
export function endSoon(session: CliSession): void {
  startTimer(() => session.exit?.(session.exitCode), lastWordsMs).unref();
}

/** Raises the exit code; a lower code changes nothing. */
export function raiseExitCode(session: CliSession, code: number): void {
  session.exitCode = Math.max(session.exitCode, code);
}

/** Prints an error and its hint, and raises the exit code to that of the error. */
export function printError(session: CliSession, error: VcrError): void {
  session.err(`ocpp-vcr: ${error.message}`);
  if (error.hint !== "") session.err(`  ${error.hint}`);
  raiseExitCode(session, error.exitCode);
}
