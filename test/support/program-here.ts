// The whole program in this process, for commands that end by themselves: a process of its own costs as much as fifty
// of these. What only a process shows (signals, the launcher, the real stdout) is tested with `startProgram`, and so are
// the commands that end their process themselves (`probe`, `doctor`, a `record` that listened).
import { Chalk } from "chalk";
import { main } from "../../src/cli/main.js";
import type { CliSession } from "../../src/cli/session.js";
import type { Program } from "./record-process.js";

/** A run of the program in this process. */
export type RunHere = Pick<Program, "stdout" | "stderr" | "ended">;

type Write = typeof process.stdout.write;

/** Lets what is written to a stream go elsewhere; gives what puts it back. */
const divert = (stream: NodeJS.WriteStream, take: (text: string) => void): (() => void) => {
  const { write } = stream;
  stream.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    take(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const done = rest.at(-1);
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  }) as Write;
  return () => {
    stream.write = write;
  };
};

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
  const backs = [
    divert(process.stdout, (text) => {
      stdout += text;
    }),
    divert(process.stderr, (text) => {
      stderr += text;
    }),
  ];
  const ended = main(args, session).finally(() => {
    for (const back of backs) back();
    process.chdir(home);
  });
  return { stdout: () => stdout, stderr: () => stderr, ended };
}
