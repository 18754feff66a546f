// A command of the program in this process, as a user runs it: what it prints, and its exit code.
import { Chalk } from "chalk";
import { Command } from "commander";
import { VcrError } from "../../src/base/errors.js";
import type { Register } from "../../src/cli/main.js";
import type { CliSession } from "../../src/cli/session.js";

/** How it ended. */
export interface CliOutcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs one command with these arguments. */
export async function runCommand(
  register: Register,
  argv: readonly string[],
  changes: Partial<CliSession> = {},
): Promise<CliOutcome> {
  const out: string[] = [];
  const err: string[] = [];
  const session: CliSession = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    tick: () => undefined,
    paint: new Chalk({ level: 0 }),
    env: {},
    exitCode: 0,
    untilStopped: () => new Promise(() => undefined),
    ...changes,
  };
  const program = new Command("ocpp-vcr").exitOverride().configureOutput({ writeErr: () => undefined });
  register(program, session);
  let code = 0;
  const write = process.stdout.write;
  // Long outputs go to stdout itself.
  process.stdout.write = (text: string | Uint8Array): boolean => {
    out.push(String(text).trimEnd());
    return true;
  };
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    err.push(error instanceof Error ? error.message : String(error));
    code = error instanceof VcrError ? error.exitCode : 2;
  } finally {
    process.stdout.write = write;
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
