// `ocpp-vcr replay`: plays the charge point of a cassette against a CSMS and tells the verdict. Wiring alone: the
// options stand in replay-options, one cassette's plan in replay-plan, its run in replay-run, its words in replay-output.

import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { VcrError } from "../base/errors.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../io/embedded-csms.js";
import { listTapes, refuseExisting } from "../io/tape-file.js";
import type { Judgement } from "../replay/judgement.js";
import { openReplayRuns, type ReplayRuns, withoutComparisons } from "./replay-against.js";
import { type ReplayOptions, replayOptionGroups } from "./replay-options.js";
import { replayListeners } from "./replay-output.js";
import { type Recording, readRecording } from "./replay-plan.js";
import { openReplayReports } from "./replay-reports.js";
import { type ReplayJob, replayExitCodes } from "./replay-run.js";
import { type CliSession, raiseExitCode } from "./session.js";
import { csmsTlsOf, keylogOf, type OpenKeylog } from "./tls-options.js";

const readPassword = (session: CliSession, { passwordFile }: ReplayOptions): Uint8Array | undefined => {
  if (passwordFile === undefined) {
    const fromEnv = session.env.OCPP_VCR_PASSWORD;
    return fromEnv === undefined || fromEnv === "" ? undefined : new TextEncoder().encode(fromEnv);
  }
  try {
    const octets = readFileSync(passwordFile);
    let end = octets.length;
    if (octets[end - 1] === 0x0a) end--;
    if (octets[end - 1] === 0x0d) end--;
    return octets.subarray(0, end);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VcrError(
      "USAGE",
      `the password file cannot be read: ${why}`,
      "Check the path given with --password-file.",
    );
  }
};

const refused = ({ session, listeners }: ReplayJob, path: string, error: VcrError): void => {
  for (const listener of listeners) listener.refuse?.(path, error.message);
  session.err(`ocpp-vcr: ${error.message}`);
  if (error.hint !== "") session.err(`  ${error.hint}`);
  raiseExitCode(session, error.exitCode);
};

/** One cassette that cannot be replayed does not keep the others from it. */
const replayAll = async (
  job: ReplayJob,
  runs: ReplayRuns,
  cassettes: readonly string[],
  named: readonly string[],
): Promise<void> => {
  const { say } = job;
  for (const path of cassettes) {
    if (job.isStopped) return;
    try {
      const recording = await readRecording({ path, isNamed: named.includes(path), say });
      if (recording !== undefined) await runs.replay(recording);
    } catch (error) {
      if (!(error instanceof VcrError) || error.exitCode !== 4) throw error;
      refused(job, path, error);
    }
  }
};

const replay = async (
  session: CliSession,
  paths: readonly string[],
  options: ReplayOptions,
): Promise<void> => {
  const password = readPassword(session, options);
  const cassettes = listTapes(paths);
  for (const group of replayOptionGroups) group.check?.(options, cassettes);
  if (options.transcript !== undefined)
    refuseExisting(options.transcript, false, "Give another name with --transcript.");
  const json = options.json === true;
  const say = json ? session.err : session.out;
  const settings = { session, json, say };
  const reports = await openReplayReports(settings, options, cassettes);
  let embedded: EmbeddedCsms | undefined;
  if (options.csms === undefined || options.csms === "embedded") embedded = await startEmbeddedCsms({});
  const csms = embedded === undefined ? (options.csms as URL) : new URL(embedded.url);
  const told = replayListeners(settings);
  const listeners = [...(options.against === undefined ? told : withoutComparisons(told)), reports];
  let keylog: OpenKeylog | undefined;
  let runs: ReplayRuns | undefined;
  try {
    keylog = keylogOf(session, options.keylog);
    const tls = csmsTlsOf(options, csms, session.env, keylog);
    if (tls?.insecure === true) say("WARNING: the CSMS's certificate is not checked (--csms-insecure).");
    const judgement = (recording: Recording): Judgement => reports.judgement(recording);
    const shared = { session, options, csms, tls, password, say, listeners, judgement };
    const job: ReplayJob = { ...shared, stop: undefined, isStopped: false };
    void session.untilStopped().then(() => {
      job.isStopped = true;
      raiseExitCode(session, replayExitCodes.interrupted);
      job.stop?.();
    });
    runs = await openReplayRuns(job, reports, keylog);
    await replayAll(job, runs, cassettes, paths);
  } finally {
    await Promise.all(listeners.map((listener) => listener.end?.()));
    await runs?.close();
    await embedded?.close();
    keylog?.close();
  }
};

const examples = `
Examples:
  ocpp-vcr replay recordings/CP1 --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --pace timed --rate 10 --json
  ocpp-vcr replay incident.cassette --transcript again.cassette
  ocpp-vcr replay recordings/CP1 --csms ws://staging.example/ocpp --junit junit.xml --github --report replay.html
  ocpp-vcr replay incident.cassette --ignore ignore.yaml --ignore-path 'StartTransaction:/idTagInfo/expiryDate'
  ocpp-vcr replay incident.cassette --expect known.yaml --allow-missing 'GetConfiguration,Trigger*' --max-slowdown 2x+50ms
  ocpp-vcr replay incident.cassette --csms ws://old.example/ocpp --against ws://new.example/ocpp --report both.html

Without --csms the embedded CSMS answers. Nothing but the recorded dialogue is sent; what is ignored in the
comparison, and what the verdicts mean, is told in docs/reference/replay.md; ignore files, expected failures and
reports in docs/reference/reports.md.

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
    .action((paths: string[], options: ReplayOptions) => replay(session, paths, options));
}
