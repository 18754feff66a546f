// Runs the whole program in this process, for commands that end by themselves: fifty such runs cost as much as one process.
// Signals, the launcher and the real stdout are tested with `startProgram`.
import { main } from "../../../src/cli/main.js";
import { sessionTo } from "./cli-session.js";
import { divertOutput, type OutputListener } from "./diverted-output.js";
import type { Program } from "./record-process.js";

/** A run of the program in this process. */
export type RunHere = Pick<Program, "stdout" | "stderr" | "ended">;

/** Runs the program in this folder. Only one run at a time: a process has one current folder. */
export function runHere(cwd: string, ...args: readonly string[]): RunHere {
  let [stdout, stderr] = ["", ""];
  const listener: OutputListener = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  };
  const print = (line: string): void => listener.stdout(`${line}\n`);
  const printError = (line: string): void => listener.stderr(`${line}\n`);
  const session = sessionTo(print, printError, { tick: print, env: process.env });
  const home = process.cwd();
  process.chdir(cwd);
  const ended = divertOutput(listener, () => main(args, session)).finally(() => process.chdir(home));
  return { stdout: () => stdout, stderr: () => stderr, ended };
}
