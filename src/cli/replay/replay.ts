// `ocpp-vcr replay`: replays cassettes against a CSMS, one after the other; app/replay does the replays. Above 200 lines,
// because it also has the dry run, the probe and the comparison of two CSMSs, and 35 lines are examples of its help.

import type { Command } from "commander";
import type { Recording } from "../../app/replay/read-recording.js";
import type { ReplayEvent } from "../../app/replay/replay-events.js";
import { openReplaySession, type ReplaySession } from "../../app/replay/replay-session.js";
import { passwordOf, ReplaySetup } from "../../app/replay/replay-setup.js";
import { VcrError } from "../../base/errors.js";
import { listCassettes, refuseExisting } from "../../io/cassette/cassette-file.js";
import { jsonLine } from "../../text/printable.js";
import { type CliSession, printError, raiseExitCode } from "../common/session.js";
import { confirmedHost } from "../options/production-options.js";
import { fillTarget } from "../options/target-file.js";
import { reportJson, unmetWords } from "../words/replay-words.js";
import { printComparedRuns } from "./replay-against.js";
import { printDryRun } from "./replay-dry-run.js";
import { replayExitCodes } from "./replay-exit-codes.js";
import { flowExamples } from "./replay-flow-options.js";
import { ConsoleOperator } from "./replay-operator.js";
import { addReplayOptions, checkReplayFlags, type ReplayFlags, replaySettingsOf } from "./replay-options.js";
import { type OutputSettings, ReplayOutput } from "./replay-output.js";
import { printProbe } from "./replay-probe.js";
import { ReplayReports } from "./replay-reports.js";
import { valueExamples } from "./replay-value-options.js";

/** One run of the command. */
interface Work {
  readonly flags: ReplayFlags;
  readonly settings: OutputSettings;
  readonly setup: ReplaySetup;
  readonly operator: ConsoleOperator;
  readonly cassettes: readonly string[];
  /** The paths that the command line names; other cassettes were found in folders. */
  readonly named: readonly string[];
  /** The reports; undefined during a dry run. */
  reports: ReplayReports | undefined;
  /** The plans of a dry run, by path, for a probe after it. */
  readonly planned: Map<string, Recording | undefined>;
  isStopped: boolean;
}

const recordingOf = async ({ setup, named, planned }: Work, path: string): Promise<Recording | undefined> => {
  if (planned.has(path)) return planned.get(path);
  return setup.read(path, named.includes(path));
};

/** Calls `act` for each recording. Prints the error of a damaged cassette and continues with the next one. */
const forEach = async (
  work: Work,
  act: (recording: Recording, path: string) => void | Promise<void>,
): Promise<void> => {
  for (const path of work.cassettes) {
    if (work.isStopped) return;
    try {
      const recording = await recordingOf(work, path);
      if (recording !== undefined) await act(recording, path);
    } catch (error) {
      if (!(error instanceof VcrError) || error.exitCode !== 4) throw error;
      work.reports?.refuse(path, error.message);
      printError(work.settings.session, error);
    }
  }
};

const clientCertificates = ["csmsCert", "csmsCertDir", "csmsMint", "csmsMintCa"] as const;

const dryRun = (work: Work): Promise<void> => {
  const { flags, setup, settings } = work;
  const csms = flags.csms === "embedded" ? undefined : flags.csms;
  return forEach(work, (recording, path) => {
    if (flags.probe === true) work.planned.set(path, recording);
    printDryRun(settings.session, recording, flags.json === true, {
      csms,
      hasPassword: passwordOf(setup.target, recording) !== undefined,
      hasClientCertificate: clientCertificates.some((one) => flags[one] !== undefined),
      guarded: setup.guard.of(recording.entries),
    });
  });
};

/** Replays a recording to the CSMS, or with --against to both, and prints the result. */
const replayOne = async (work: Work, session: ReplaySession, recording: Recording): Promise<void> => {
  const { settings, reports } = work;
  if (session.isOver) return;
  if (session.against === undefined) {
    await session.replay(recording);
    return;
  }
  const compared = await session.compare(recording);
  if (compared !== undefined) reports?.sections.push(printComparedRuns(settings, recording.path, compared));
};

/** Probes each charge point once. */
const probeEach = (work: Work, session: ReplaySession): Promise<void> => {
  const probed = new Set<string>();
  return forEach(work, async (recording) => {
    const identity = recording.identity ?? recording.plan.identity;
    if (probed.has(identity)) return;
    probed.add(identity);
    const outcome = await session.probe(recording);
    if (outcome !== undefined) printProbe(work.settings, recording, outcome);
  });
};

const printUntouched = ({ settings, reports }: Work, { judging }: ReplaySession): void => {
  const { session, json, say } = settings;
  for (const { cassette, ...unmet } of judging.untouched(reports?.records ?? [])) {
    if (json) session.out(jsonLine(reportJson(unmet, cassette)));
    say(unmetWords(unmet, session));
    raiseExitCode(session, 1);
  }
};

const dialEach = async (work: Work, session: ReplaySession): Promise<void> => {
  const { flags, settings } = work;
  if (session.isInsecure) settings.say("WARNING: the CSMS's certificate is not checked (--csms-insecure).");
  void settings.session.untilStopped().then(() => {
    work.isStopped = true;
    raiseExitCode(settings.session, replayExitCodes.interrupted);
    session.stop();
  });
  if (flags.probe === true) await probeEach(work, session);
  else await forEach(work, (recording) => replayOne(work, session, recording));
  await session.settle();
};

/** Replays the cassettes, or with --probe only dials. */
const dial = async (work: Work): Promise<void> => {
  const { flags, settings, setup, operator } = work;
  const reports = new ReplayReports(settings, flags);
  work.reports = reports;
  const session = await openReplaySession(setup);
  operator.listen();
  try {
    await dialEach(work, session);
  } finally {
    operator.close();
    if (flags.against === undefined) printUntouched(work, session);
    await reports.write();
    await session.close();
  }
};

/** Keeps the record of each replay, and raises the exit code to its verdict. */
const follow = ({ flags, settings, reports }: Work, event: ReplayEvent): void => {
  if (event.kind === "begin") reports?.records.push(event.run.record);
  if (event.kind !== "conclude") return;
  const code = replayExitCodes[event.outcome.verdict];
  // With --against, a difference from the recording is not a failure.
  if (code !== 1 || flags.against === undefined) raiseExitCode(settings.session, code);
};

const run = async (session: CliSession, paths: readonly string[], command: Command): Promise<void> => {
  fillTarget(command);
  const flags = command.opts<ReplayFlags>();
  const toProduction = confirmedHost(command);
  const cassettes = listCassettes(paths);
  checkReplayFlags(flags, cassettes);
  const isLook = flags.dryRun === true || flags.probe === true;
  if (flags.transcript !== undefined && !isLook)
    refuseExisting(flags.transcript, false, "Give another name with --transcript.");
  const json = flags.json === true;
  const say = json ? session.err : session.out;
  const settings: OutputSettings = { session, json, say };
  const output = new ReplayOutput(settings, flags.against !== undefined);
  const operator = new ConsoleOperator({
    ...settings,
    steps: flags.pace === "manual",
    asks: flags.onMissingCall === "ask",
  });
  const wiring = { env: session.env, toProduction, cassettes, operator };
  const setup = new ReplaySetup(
    replaySettingsOf(flags, {
      ...wiring,
      emit: (event) => {
        follow(work, event);
        output.onEvent(event);
      },
    }),
  );
  const work: Work = {
    ...{ flags, settings, setup, operator, cassettes, named: paths },
    ...{ reports: undefined, planned: new Map(), isStopped: false },
  };
  if (flags.dryRun === true) await dryRun(work);
  if (flags.dryRun === true && flags.probe !== true) return;
  await setup.guard.check(cassettes);
  await dial(work);
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

Without --csms the embedded CSMS answers. The replay sends the recorded messages, with new ids and dates, and stops the
transactions that the recording leaves open (docs/reference/replay-values.md). docs/reference/replay.md explains the
comparison and the verdicts; docs/reference/targets.md target files and the guard of production systems;
docs/reference/reports.md ignore files, expected failures and reports.

Exit codes: 0 pass or not-applicable, 1 fail or partial, 2 usage, 3 the CSMS could not be reached or refused,
4 cassette damaged, 130 interrupted. The highest of several cassettes wins.`;

/** Adds `replay` to the program. */
export function registerReplay(program: Command, session: CliSession): void {
  addReplayOptions(
    program
      .command("replay")
      .description(
        "Simulate the charge point of a cassette against a CSMS, compare its answers, and print a verdict.",
      )
      .argument("<cassettes...>", "cassettes, or folders of them"),
  )
    .addHelpText("after", examples)
    .action((paths: string[], _flags: ReplayFlags, own: Command) => run(session, paths, own));
}
