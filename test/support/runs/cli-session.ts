// The session of a command that runs in the process of its test: no terminal, no colours, nobody who stops it.
import { Chalk } from "chalk";
import type { CliSession } from "../../../src/cli/common/session.js";

/** A session whose lines go where the test wants them. */
export function sessionTo(
  out: (line: string) => void,
  err: (line: string) => void,
  changes: Partial<CliSession> = {},
): CliSession {
  return {
    out,
    err,
    tick: () => undefined,
    paint: new Chalk({ level: 0 }),
    env: {},
    exitCode: 0,
    untilStopped: () => new Promise(() => undefined),
    ...changes,
  };
}
