// The whole program in this process, for commands that end by themselves: a process of its own costs as much as fifty
// of these. What only a process shows (signals, the launcher, the real stdout) is tested with `startProgram`, and so are
// the commands that end their process themselves (`probe`, `doctor`, a `record` that listened).
import { Chalk } from "chalk";
import { main } from "../../src/cli/main.js";
import type { CliSession } from "../../src/cli/session.js";
import { divertOutput, type Listener } from "./diverted-output.js";
import type { Program } from "./record-process.js";

/** A run of the program in this process. */
export type RunHere = Pick<Program, "stdout" | "stderr" | "ended">;

/** Runs the program in this folder; one after the other, since a process stands in one folder. */
export function runHere(cwd: string, ...args: readonly string[]): RunHere {
  let [stdout, stderr] = ["", ""];
  const session: CliSession = {
    out: (line) => {
      stdout += `${line}\n`;
    },
    tick: (line) => {
      stdout += `${line}\n`;
    },
    err: (line) => {
      stderr += `${line}\n`;
    },
    paint: new Chalk({ level: 0 }),
    env: process.env,
    exitCode: 0,
    untilStopped: () => new Promise(() => undefined),
  };
  const home = process.cwd();
  process.chdir(cwd);
  const listener: Listener = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  };
  const ended = divertOutput(listener, () => main(args, session)).finally(() => process.chdir(home));
  return { stdout: () => stdout, stderr: () => stderr, ended };
}
