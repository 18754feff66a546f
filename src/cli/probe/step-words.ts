// How the steps of `probe` and `doctor` are said: a line each for a person, an object each for a program.

import { startTimer } from "../../io/platform/timers.js";
import type { ProbeStep } from "../../io/probe/probe-step.js";
import { jsonLine } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "../common/session.js";

const words = { yes: "ok", no: "NO", note: "note", skipped: "-" } as const;

const line = ({ step, result, message, ms }: ProbeStep, { paint }: CliSession): string => {
  const colour = { yes: paint.green, no: paint.red, note: paint.yellow, skipped: paint.dim }[result];
  const took = ms === undefined ? "" : paint.dim(` (${ms} ms)`);
  return `${colour(words[result].padEnd(5))}${step.padEnd(10)}${message}${took}`;
};

/** Exit code where something is in the way. */
const inTheWay = 3;

/** Says steps as they come; the exit code is raised where one is in the way. */
export async function saySteps(
  session: CliSession,
  steps: AsyncIterable<ProbeStep>,
  json: boolean,
): Promise<void> {
  for await (const step of steps) {
    session.out(json ? jsonLine({ event: "step", ok: step.result !== "no", ...step }) : line(step, session));
    if (step.result === "no") raiseExitCode(session, inTheWay);
  }
  if (json) session.out(jsonLine({ event: "verdict", ok: session.exitCode === 0 }));
  // A look-up that the system still works at must not keep the program: nothing waits for it any more.
  startTimer(() => session.exit?.(session.exitCode), 100).unref();
}
