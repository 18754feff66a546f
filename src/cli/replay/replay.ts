// `ocpp-vcr replay`: plays the charge point of a cassette against a CSMS and tells the verdict. Wiring alone: the
// options stand in replay-options, one cassette's plan in replay-plan, its run in replay-run, its words in replay-output.

import type { Command } from "commander";
import { type Recording, readRecording } from "../../app/replay/read-recording.js";
import type { ReplayTarget } from "../../app/replay/replay-target.js";
import { ReplayValues } from "../../app/replay/replay-values.js";
import { csmsTlsOf, keylogOf, type OpenKeylog } from "../../app/tls-plan.js";
import { VcrError } from "../../base/errors.js";
import { listCassettes, refuseExisting } from "../../io/cassette/cassette-file.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import type { Judgement } from "../../replay/verdict/judgement.js";
import { type CliSession, raiseExitCode, surroundingsOf } from "../common/session.js";
import { confirmedHost } from "../options/production-options.js";
import { targetOf } from "../options/read-target.js";
import { fillTarget } from "../options/target-file.js";
import { openReplayRuns, type ReplayRuns, withoutComparisons } from "./replay-against.js";
import { tellDryRun } from "./replay-dry-run.js";
import { flowExamples } from "./replay-flow-options.js";
import { type ReplayGuard, replayGuard } from "./replay-guard.js";
import { Person } from "./replay-operator.js";
import { type ReplayOptions, replayOptionGroups } from "./replay-options.js";
import { type ReplayListener, replayListeners } from "./replay-output.js";
import { createProbe } from "./replay-probe.js";
import { openReplayReports } from "./replay-reports.js";
import { passwordOf, type ReplayJob, replayExitCodes } from "./replay-run.js";
import { partOf } from "./replay-selection-options.js";
import { valueExamples } from "./replay-value-options.js";

/** What is to be done with cassettes. */
interface Work {
  readonly session: CliSession;
  readonly options: ReplayOptions;
  readonly target: ReplayTarget;
  readonly values: ReplayValues;
  readonly cassettes: readonly string[];
  /** The paths that the command line names; other cassettes were found in folders. */
  readonly named: readonly string[];
  readonly say: (line: string) => void;
  /** Who hears of the replays; nobody while only a dry run is told. */
  listeners: readonly ReplayListener[];
  /** What a dry run has planned, for the probe after it; undefined where nothing comes after. */
  readonly planned: Map<string, Recording | undefined> | undefined;
  isStopped: boolean;
}

const recordingOf = async (work: Work, path: string): Promise<Recording | undefined> => {
  const { options, target, values, named, say, planned } = work;
  if (planned?.has(path) === true) return planned.get(path);
  const { bindings } = values;
  const recording = await readRecording({
    path,
    isNamed: named.includes(path),
    part: partOf(options),
    side: options.side,
    target,
    bindings,
    say,
  });
  planned?.set(path, recording);
  return recording;
};

const refused = ({ session, listeners }: Work, path: string, error: VcrError): void => {
  for (const listener of listeners) listener.refuse?.(path, error.message);
  session.err(`ocpp-vcr: ${error.message}`);
  if (error.hint !== "") session.err(`  ${error.hint}`);
  raiseExitCode(session, error.exitCode);
};

/** One cassette that cannot be read does not keep the others from what is done with them. */
const forEach = async (work: Work, act: (recording: Recording) => void | Promise<void>): Promise<void> => {
  for (const path of work.cassettes) {
    if (work.isStopped) return;
    try {
      const recording = await recordingOf(work, path);
      if (recording !== undefined) await act(recording);
    } catch (error) {
      if (!(error instanceof VcrError) || error.exitCode !== 4) throw error;
      refused(work, path, error);
    }
  }
};

const clientCertificates = ["csmsCert", "csmsCertDir", "csmsMint", "csmsMintCa"] as const;

const dryRun = (work: Work, options: ReplayOptions, guard: ReplayGuard): Promise<void> => {
  const csms = options.csms === "embedded" ? undefined : options.csms;
  return forEach(work, (recording) => {
    const password = passwordOf(work, recording);
    const hasClientCertificate = clientCertificates.some((one) => options[one] !== undefined);
    const guarded = guard.of(recording.entries);
    const facts = { csms, hasPassword: password !== undefined, hasClientCertificate, guarded };
    tellDryRun(work.session, recording, facts, options.json === true);
  });
};

/** Dials: replays the cassettes, or only probes. */
const dialAll = async (work: Work, options: ReplayOptions): Promise<void> => {
  const { session, target, say, cassettes } = work;
  const settings = { session, json: options.json === true, say };
  const reports = await openReplayReports(settings, options, cassettes);
  let embedded: EmbeddedCsms | undefined;
  if (options.csms === undefined || options.csms === "embedded") embedded = await startEmbeddedCsms({});
  const csms = embedded === undefined ? (options.csms as URL) : new URL(embedded.url);
  const told = replayListeners(settings);
  const listeners = [...(options.against === undefined ? told : withoutComparisons(told)), reports];
  work.listeners = listeners;
  const person = new Person({
    ...settings,
    steps: options.pace === "manual",
    asks: options.onMissingCall === "ask",
  });
  let keylog: OpenKeylog | undefined;
  let runs: ReplayRuns | undefined;
  try {
    keylog = keylogOf(surroundingsOf(session), options.keylog);
    const tls = csmsTlsOf(options, csms, session.env, keylog);
    if (tls?.insecure === true) say("WARNING: the CSMS's certificate is not checked (--csms-insecure).");
    const judgement = (recording: Recording): Judgement => reports.judgement(recording);
    const { values } = work;
    const shared = { session, options, csms, tls, target, values, say, listeners, judgement, person };
    const job: ReplayJob = { ...shared, stop: undefined, isStopped: false };
    void session.untilStopped().then(() => {
      work.isStopped = true;
      job.isStopped = true;
      raiseExitCode(session, replayExitCodes.interrupted);
      job.stop?.();
    });
    const against = await openReplayRuns(job, reports, keylog);
    runs = against;
    const replayed = async (recording: Recording): Promise<void> => {
      if (!person.hasQuit) await against.replay(recording);
    };
    await forEach(work, options.probe === true ? createProbe(job) : replayed);
    if (!job.isStopped) await values.end();
  } finally {
    person.close();
    await Promise.all(listeners.map((listener) => listener.end?.()));
    await runs?.close();
    await embedded?.close();
    keylog?.close();
  }
};

/** How the values of all replays of a command are made. */
const valuesOf = (options: ReplayOptions): ReplayValues => {
  const { pace, rate = 1, csms } = options;
  const isLasting = csms instanceof URL;
  return new ReplayValues(options, { pace, rate, csms: isLasting ? csms.host : "embedded", isLasting });
};

const replay = async (session: CliSession, paths: readonly string[], command: Command): Promise<void> => {
  fillTarget(command);
  const options = command.opts<ReplayOptions>();
  const confirmed = confirmedHost(command);
  const target = targetOf(session.env, options);
  const cassettes = listCassettes(paths);
  for (const group of replayOptionGroups) group.check?.(options, cassettes);
  const isLook = options.dryRun === true || options.probe === true;
  if (options.transcript !== undefined && !isLook)
    refuseExisting(options.transcript, false, "Give another name with --transcript.");
  const say = options.json === true ? session.err : session.out;
  const values = valuesOf(options);
  const work: Work = {
    session,
    options,
    target,
    values,
    cassettes,
    named: paths,
    say,
    listeners: [],
    planned: options.dryRun === true && options.probe === true ? new Map() : undefined,
    isStopped: false,
  };
  const guard = replayGuard(options, confirmed);
  if (options.dryRun === true) await dryRun(work, options, guard);
  if (options.dryRun === true && options.probe !== true) return;
  await guard.check(cassettes);
  await dialAll(work, options);
};

const examples = `
Examples:
  ocpp-vcr replay recordings/CP1 --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --pace timed --rate 10 --json
  ocpp-vcr replay incident.cassette --transcript again.cassette
  ocpp-vcr replay incident.cassette --target staging --dry-run
  ocpp-vcr replay incident.cassette --csms ws://staging.example --map-identity CP1=LAB-1 --map-id-tag '*=TESTTAG'
  ocpp-vcr replay incident.cassette --csms ws://staging.example --set BootNotification/chargePointModel=Lab --max-rate 5
  ocpp-vcr replay site/ --target targets/staging.yaml --probe
  ocpp-vcr replay site/ --csms wss://staging.example --csms-basic passwords --credential LAB-1=file:secrets/lab-1
  ocpp-vcr replay site/ --csms wss://csms.example --password-env CP_PASSWORD --production --dry-run
  ocpp-vcr replay incident.cassette --csms wss://csms.example --to-production csms.example
  ocpp-vcr replay faulted.cassette --side csms --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay day.cassette --transaction 4711 --prologue full --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay day.cassette --from +90s --start-missing --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay day.cassette --from 10:15 --bind transactionId:4711=17 --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay recordings/CP1 --csms ws://staging.example/ocpp --junit junit.xml --github --report replay.html
  ocpp-vcr replay incident.cassette --ignore ignore.yaml --ignore-path 'StartTransaction:/idTagInfo/expiryDate'
  ocpp-vcr replay incident.cassette --expect known.yaml --allow-missing 'GetConfiguration,Trigger*' --max-slowdown 2x+50ms
  ocpp-vcr replay incident.cassette --csms ws://old.example/ocpp --against ws://new.example/ocpp --report both.html
${flowExamples}
${valueExamples}

Without --csms the embedded CSMS answers. Nothing but the recorded dialogue is sent, with the ids, dates and meters of
now in it, and what ends the transactions that it leaves open (docs/reference/replay-values.md). What is ignored in the
comparison, and what the verdicts mean, is told in docs/reference/replay.md; target files, and the guard before
production systems, in docs/reference/targets.md; ignore files, expected failures and reports in
docs/reference/reports.md.

Exit codes: 0 pass or not-applicable, 1 fail or partial, 2 usage, 3 the CSMS could not be reached or refused, 4 cassette damaged,
130 interrupted. The highest of several cassettes wins.`;

/** Adds `replay` to the program. */
export function registerReplay(program: Command, session: CliSession): void {
  const command = program
    .command("replay")
    .description(
      "Play the charge point of a cassette against a CSMS, compare its answers, and give a verdict.",
    )
    .argument("<cassettes...>", "cassettes, or folders of them");
  for (const group of replayOptionGroups) group.add(command);
  command
    .addHelpText("after", examples)
    .action((paths: string[], _options: ReplayOptions, own: Command) => replay(session, paths, own));
}
