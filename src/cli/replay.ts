// `ocpp-vcr replay`: plays the charge point of a cassette against a CSMS and tells the verdict. Wiring alone: the
// options stand in replay-options, one cassette's plan in replay-plan, its run in replay-run, its words in replay-output.

import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { VcrError } from "../base/errors.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../io/embedded-csms.js";
import { listTapes, refuseExisting } from "../io/tape-file.js";
import { type ReplayOptions, replayOptionGroups } from "./replay-options.js";
import { replayListeners } from "./replay-output.js";
import { readRecording } from "./replay-plan.js";
import { type ReplayJob, replayExitCodes, replayRecording } from "./replay-run.js";
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

/** One cassette that cannot be replayed does not keep the others from it. */
const replayAll = async (
  job: ReplayJob,
  cassettes: readonly string[],
  named: readonly string[],
): Promise<void> => {
  const { session, say } = job;
  for (const path of cassettes) {
    if (job.isStopped) return;
    try {
      const recording = await readRecording({ path, isNamed: named.includes(path), say });
      if (recording !== undefined) await replayRecording(job, recording);
    } catch (error) {
      if (!(error instanceof VcrError) || error.exitCode !== 4) throw error;
      session.err(`ocpp-vcr: ${error.message}`);
      if (error.hint !== "") session.err(`  ${error.hint}`);
      raiseExitCode(session, error.exitCode);
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
  let embedded: EmbeddedCsms | undefined;
  if (options.csms === undefined || options.csms === "embedded") embedded = await startEmbeddedCsms({});
  const csms = embedded === undefined ? (options.csms as URL) : new URL(embedded.url);
  const json = options.json === true;
  const say = json ? session.err : session.out;
  const listeners = replayListeners({ session, json, say });
  let keylog: OpenKeylog | undefined;
  try {
    keylog = keylogOf(session, options.keylog);
    const tls = csmsTlsOf(options, csms, session.env, keylog);
    if (tls?.insecure === true) say("WARNING: the CSMS's certificate is not checked (--csms-insecure).");
    const shared = { session, options, csms, tls, password, say, listeners };
    const job: ReplayJob = { ...shared, stop: undefined, isStopped: false };
    void session.untilStopped().then(() => {
      job.isStopped = true;
      raiseExitCode(session, replayExitCodes.interrupted);
      job.stop?.();
    });
    await replayAll(job, cassettes, paths);
  } finally {
    await Promise.all(listeners.map((listener) => listener.end?.()));
    await embedded?.close();
    keylog?.close();
  }
};

const examples = `
Examples:
  ocpp-vcr replay recordings/CP1 --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --pace timed --rate 10 --json
  ocpp-vcr replay incident.cassette --transcript again.cassette

Without --csms the embedded CSMS answers. Nothing but the recorded dialogue is sent; what is ignored in the
comparison, and what the verdicts mean, is told in docs/reference/replay.md.

Exit codes: 0 pass, 1 fail or partial, 2 usage, 3 the CSMS could not be reached or refused, 4 cassette damaged,
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
