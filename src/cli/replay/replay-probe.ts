// The output of `replay --probe`: whether the CSMS accepts each charge point.

import type { ProbeOutcome } from "../../app/replay/probe.js";
import type { Recording } from "../../app/replay/read-recording.js";
import { jsonLine, printable } from "../../text/printable.js";
import { raiseExitCode } from "../common/session.js";
import { replayExitCodes } from "./replay-exit-codes.js";
import type { OutputSettings } from "./replay-output.js";

/** Prints the outcome of a probe; raises the exit code for a charge point that is refused. */
export function printProbe(
  { session, json, say }: OutputSettings,
  recording: Recording,
  { isAccepted: accepted, subprotocol, reason }: ProbeOutcome,
): void {
  const recorded = recording.plan.identity;
  const identity = recording.identity ?? recorded;
  if (!accepted) raiseExitCode(session, replayExitCodes.error);
  if (json) {
    const facts = { identity, recorded, accepted, subprotocol, reason, cassette: recording.path };
    session.out(jsonLine({ event: "probe", ...facts }));
  }
  const word = accepted ? session.paint.green("accepted") : session.paint.red("refused ");
  const why = accepted
    ? `, ${printable(subprotocol ?? "no subprotocol", 60)}`
    : `: ${printable(reason, 300)}`;
  const origin = recorded === identity ? "" : ` (recorded as ${printable(recorded, 60)})`;
  say(`  ${word} ${printable(identity, 60)}${origin}${why}`);
}
