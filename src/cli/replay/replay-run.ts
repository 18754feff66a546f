// One cassette's replay as the command runs it: its transcript, its listeners, its exit code.

import { programName } from "../../app/program-name.js";
import type { Recording } from "../../app/replay/read-recording.js";
import type { ReplayTarget } from "../../app/replay/replay-target.js";
import type { ReplayValues } from "../../app/replay/replay-values.js";
import { dialAddress } from "../../app/tls-plan.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { type CassetteWriter, createCassetteWriter } from "../../io/cassette/cassette-writer.js";
import type { Clock } from "../../io/platform/clock.js";
import { randomSalt } from "../../io/platform/digests.js";
import { startReplay } from "../../io/station/run-replay.js";
import { createWaitCommands, type WaitCommands } from "../../io/station/wait-command.js";
import type { CsmsTls } from "../../io/tls/tls-settings.js";
import type { Outcome } from "../../replay/protocol.js";
import type { Judgement } from "../../replay/verdict/judgement.js";
import { printable } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { flowOf, replayClock } from "./replay-flow-options.js";
import type { Person } from "./replay-operator.js";
import type { ReplayOptions } from "./replay-options.js";
import type { ReplayListener, ReplayRunFacts } from "./replay-output.js";

/** What all cassettes of one command share. */
export interface ReplayJob {
  readonly session: CliSession;
  readonly options: ReplayOptions;
  readonly csms: URL;
  readonly tls: CsmsTls | undefined;
  readonly target: ReplayTarget;
  /** How the values of its replays are made. */
  readonly values: ReplayValues;
  readonly say: (line: string) => void;
  readonly listeners: readonly ReplayListener[];
  readonly person: Person;
  /** How the replay of a cassette is judged. */
  readonly judgement: (recording: Recording) => Judgement;
  /** Set while a replay runs. */
  stop: (() => void) | undefined;
  isStopped: boolean;
}

/** The exit code of each end of a replay. */
export const replayExitCodes: Readonly<Record<Outcome["verdict"], number>> = {
  pass: 0,
  "not-applicable": 0,
  partial: 1,
  fail: 1,
  error: 3,
  interrupted: 130,
};

const openTranscript = (job: ReplayJob, identity: string, clock: Clock): CassetteWriter | undefined => {
  const { options, session, csms } = job;
  const path = options.transcript;
  if (path === undefined) return undefined;
  const salt = randomSalt();
  const onFailure = (error: Error): void => {
    session.err(`ocpp-vcr: the transcript ${path} cannot be written: ${error.message}`);
    raiseExitCode(session, 1);
  };
  const writer = createCassetteWriter(path, { salt, now: clock.now, wall: clock.wall, onFailure });
  writer.write({
    kind: "session",
    format: 1,
    salt,
    startedAt: clock.startedAt,
    identity,
    capture: "wire",
    source: "replay",
    tool: programName(),
    csms: hideUserinfo(csms.href),
    seed: null,
    rules: null,
  });
  return writer;
};

/** The password that this recording's charge point shows. */
export function passwordOf(
  { target }: Pick<ReplayJob, "target">,
  { plan, identity }: Recording,
): Uint8Array | undefined {
  const dial = plan.steps.find((step) => step.kind === "dial");
  return target.passwordFor(identity ?? plan.identity, dial?.subprotocol ?? null);
}

const waitCommands = ({ options, session }: ReplayJob, identity: string): WaitCommands | undefined =>
  options.onWait === undefined
    ? undefined
    : createWaitCommands(options.onWait, identity, (line) => session.err(printable(line)));

/** Replays one cassette and raises the session's exit code to what came of it. */
export async function replayRecording(job: ReplayJob, recording: Recording): Promise<void> {
  const { options, csms, listeners, person } = job;
  const { plan } = recording;
  const identity = recording.identity ?? plan.identity;
  const values = await job.values.next(identity);
  const { run: number, options: made } = values;
  const run: ReplayRunFacts = { recording, identity, csms, run: number, seed: made.seed };
  for (const listener of listeners) listener.begin?.(run);
  const clock = replayClock(options);
  const transcript = openTranscript(job, run.identity, clock);
  const waits = waitCommands(job, identity);
  const running = startReplay({
    plan,
    csms,
    tls: job.tls,
    dialAt: dialAddress(csms, options.csmsConnect),
    pacing: {
      pace: options.pace,
      rate: options.rate ?? 1,
      timeoutMs: options.timeout,
      maxRate: options.maxRate,
      flow: flowOf(options),
    },
    values: made,
    identity: recording.identity,
    password: passwordOf(job, recording),
    judgement: job.judgement(recording),
    clock,
    record: (entry) => transcript?.write(entry),
    report: (report) => {
      for (const listener of listeners) listener.report?.(run, report);
      if (report.kind === "waiting") waits?.start(report);
    },
    showStep: (next) => person.showStep(next),
    ask: (waiting) => person.ask(waiting),
  });
  job.stop = running.stop.bind(running);
  person.attach(running);
  if (job.isStopped) running.stop();
  try {
    const outcome = await running.outcome;
    values.done(outcome);
    const code = replayExitCodes[outcome.verdict];
    // Two CSMSs compared with each other: what the recording says is no failure of theirs.
    if (code !== 1 || options.against === undefined) raiseExitCode(job.session, code);
    for (const listener of listeners) listener.conclude?.(run, outcome);
  } finally {
    job.stop = undefined;
    person.detach();
    waits?.end();
    await transcript?.close();
  }
}
