// The whole program in this process, for commands that end by themselves: a process of its own costs as much as fifty
// of these. What only a process shows (signals, the launcher, the real stdout) is tested with `startProgram`.
import { main } from "../../../src/cli/main.js";
import { sessionTo } from "./cli-session.js";
import { divertOutput, type Listener } from "./diverted-output.js";
import type { Program } from "./record-process.js";

/** A run of the program in this process. */
export type RunHere = Pick<Program, "stdout" | "stderr" | "ended">;

/** Runs the program in this folder; one after the other, since a process stands in one folder. */
export function runHere(cwd: string, ...args: readonly string[]): RunHere {
  let [stdout, stderr] = ["", ""];
  const listener: Listener = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  };
  const say = (line: string): void => listener.stdout(`${line}\n`);
  const warn = (line: string): void => listener.stderr(`${line}\n`);
  const session = sessionTo(say, warn, { tick: say, env: process.env });
  const home = process.cwd();
  process.chdir(cwd);
  const ended = divertOutput(listener, () => main(args, session)).finally(() => process.chdir(home));
  return { stdout: () => stdout, stderr: () => stderr, ended };
}
