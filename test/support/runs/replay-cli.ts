// Runs one command of the program in this process, and returns what it prints and its exit code.
import { Command, CommanderError } from "commander";
import { VcrError } from "../../../src/base/errors.js";
import type { CliSession } from "../../../src/cli/common/session.js";
import type { Register } from "../../../src/cli/main.js";
import { sessionTo } from "./cli-session.js";
import { divertOutput } from "./diverted-output.js";

/** What a command printed, and its exit code. */
export interface CliOutcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs one command with these arguments. Throws only what is no error of the program. */
export async function runCommand(
  register: Register,
  argv: readonly string[],
  changes: Partial<CliSession> = {},
): Promise<CliOutcome> {
  const out: string[] = [];
  const err: string[] = [];
  const session = sessionTo(
    (line) => void out.push(line),
    (line) => void err.push(line),
    changes,
  );
  const program = new Command("ocpp-vcr").exitOverride().configureOutput({ writeErr: () => undefined });
  register(program, session);
  let code = 0;
  const listener = {
    stdout: (text: string) => void out.push(text.trimEnd()),
    stderr: (text: string) => void err.push(text.trimEnd()),
  };
  try {
    await divertOutput(listener, () => program.parseAsync([...argv], { from: "user" }));
  } catch (error) {
    if (!(error instanceof VcrError || error instanceof CommanderError)) throw error;
    err.push(error.message);
    code = error instanceof VcrError ? error.exitCode : 2;
  }
  return { out: out.join("\n"), err: err.join("\n"), code: Math.max(code, session.exitCode) };
}

/** The JSON objects of an output. */
export function jsonLines(out: string): readonly Record<string, unknown>[] {
  return out
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
