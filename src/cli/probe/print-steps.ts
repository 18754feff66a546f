// Prints the results of `probe` and `doctor`: one line each, or one JSON object each.

import { startTimer } from "../../io/platform/timers.js";
import type { ProbeStep } from "../../io/probe/probe-step.js";
import { jsonLine } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "../common/session.js";

const words = { yes: "ok", no: "NO", note: "note", skipped: "-" } as const;

const line = ({ step, result, message, ms }: ProbeStep, { paint }: CliSession): string => {
  const colour = { yes: paint.green, no: paint.red, note: paint.yellow, skipped: paint.dim }[result];
  const time = ms === undefined ? "" : paint.dim(` (${ms} ms)`);
  return `${colour(words[result].padEnd(5))}${step.padEnd(10)}${message}${time}`;
};

/** The exit code if a check found a problem. */
const problemExitCode = 3;

/** Prints results as they come, and raises the exit code if one is a problem. */
export async function printSteps(
  session: CliSession,
  steps: AsyncIterable<ProbeStep>,
  json: boolean,
): Promise<void> {
  for await (const step of steps) {
    session.out(json ? jsonLine({ event: "step", ok: step.result !== "no", ...step }) : line(step, session));
    if (step.result === "no") raiseExitCode(session, problemExitCode);
  }
  if (json) session.out(jsonLine({ event: "verdict", ok: session.exitCode === 0 }));
  // A DNS look-up that is still running must not keep the program alive.
  startTimer(() => session.exit?.(session.exitCode), 100).unref();
}
