// `replay --probe`: each identity dials once, exactly as the replay would, says goodbye (1000), and what the CSMS made
// of it is told. Nothing of the dialogue is sent.

import type { Recording } from "../../app/replay/read-recording.js";
import { dialAddress } from "../../app/tls-plan.js";
import type { Entry } from "../../cassette/format/entry.js";
import { startClock } from "../../io/platform/clock.js";
import { startReplay } from "../../io/station/run-replay.js";
import type { DialStep, Plan } from "../../replay/plan/plan.js";
import { jsonLine, printable } from "../../text/printable.js";
import { raiseExitCode } from "../common/session.js";
import { passwordOf, type ReplayJob, replayExitCodes } from "./replay-run.js";

/** The plan of a visit: the first upgrade that the CSMS accepted, or the first of all, and a goodbye. */
const visitOf = (plan: Plan): Plan => {
  const dials = plan.steps.filter((step) => step.kind === "dial");
  const dial = dials.find(({ refusal }) => refusal === undefined) ?? dials[0];
  if (dial === undefined) return plan;
  const { connection } = dial;
  const step: DialStep = { ...dial, atNs: null, refusal: undefined };
  const end = { kind: "end", connection, atNs: null, how: { kind: "unknown" } } as const;
  return { ...plan, steps: [step, end], slots: [], expectations: [], strays: [], notes: [] };
};

/** Makes what dials each recording's charge point, every identity once; it raises the exit code for one that is refused. */
export function createProbe(job: ReplayJob): (recording: Recording) => Promise<void> {
  const probed = new Set<string>();
  return async (recording) => {
    const identity = recording.identity ?? recording.plan.identity;
    if (probed.has(identity)) return;
    probed.add(identity);
    await probeOne(job, recording, identity);
  };
}

const probeOne = async (job: ReplayJob, recording: Recording, identity: string): Promise<void> => {
  const { session, options, csms, say } = job;
  let opened: Extract<Entry, { kind: "connection-opened" }> | undefined;
  const running = startReplay({
    plan: visitOf(recording.plan),
    csms,
    tls: job.tls,
    dialAt: dialAddress(csms, options.csmsConnect),
    pacing: { pace: "asap", rate: 1, timeoutMs: options.timeout },
    identity: recording.identity,
    password: passwordOf(job, recording),
    clock: startClock(),
    record: (entry) => {
      if (entry.kind === "connection-opened") opened = entry;
    },
    report: (report) => {
      if (report.kind === "note")
        say(`  ${session.paint.dim("note")}       ${printable(report.message, 300)}`);
    },
  });
  job.stop = running.stop.bind(running);
  if (job.isStopped) running.stop();
  const { verdict, reason } = await running.outcome;
  job.stop = undefined;
  if (verdict === "interrupted") return;
  const accepted = opened !== undefined;
  if (!accepted) raiseExitCode(session, replayExitCodes.error);
  const subprotocol = opened?.subprotocol ?? null;
  const recorded = recording.plan.identity;
  if (options.json === true)
    session.out(
      jsonLine({
        event: "probe",
        identity,
        recorded,
        accepted,
        subprotocol,
        reason,
        cassette: recording.path,
      }),
    );
  const word = accepted ? session.paint.green("accepted") : session.paint.red("refused ");
  const why = accepted
    ? `, ${printable(subprotocol ?? "no subprotocol", 60)}`
    : `: ${printable(reason, 300)}`;
  say(
    `  ${word} ${printable(identity, 60)}${recorded === identity ? "" : ` (recorded as ${printable(recorded, 60)})`}${why}`,
  );
};
