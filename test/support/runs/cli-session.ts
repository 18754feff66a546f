// The session of a command that runs in the process of its test: no terminal, no colours, never interrupted.
import { Chalk } from "chalk";
import type { CliSession } from "../../../src/cli/common/session.js";

/** A session that prints to these functions. */
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
