// `ocpp-vcr replay`: plays the charge point of a cassette against a CSMS and tells the verdict. Wiring and exit
// codes; what is done stands in replay/, how it is told in replay-words.

import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { VcrError } from "../base/errors.js";
import { jsonLine, printable } from "../base/printable.js";
import { hideUserinfo } from "../cassette/hide-secrets.js";
import type { Clock } from "../io/clock.js";
import { randomSalt } from "../io/digests.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../io/embedded-csms.js";
import { inflate } from "../io/inflate.js";
import { startReplay } from "../io/run-replay.js";
import { listTapes, readTapeFile, refuseExisting } from "../io/tape-file.js";
import { createTapeWriter, type TapeWriter } from "../io/tape-writer.js";
import type { CsmsTls } from "../io/tls-settings.js";
import { createWaitCommands, type WaitCommands } from "../io/wait-command.js";
import { compilePlan } from "../replay/compile-plan.js";
import type { Pace } from "../replay/pacing.js";
import type { Plan } from "../replay/plan.js";
import type { Outcome, Report } from "../replay/protocol.js";
import { storeOption } from "./certs-options.js";
import {
  addFlowOptions,
  checkFlow,
  flowExamples,
  flowOf,
  type ReplayFlowOptions,
  replayClock,
} from "./replay-flow-options.js";
import { Person } from "./replay-person.js";
import {
  comparedWords,
  countWords,
  forkCountWords,
  forkWords,
  isWorthALine,
  reportJson,
  verdictWords,
  waitingWords,
} from "./replay-words.js";
import { type CliSession, raiseExitCode } from "./session.js";
import {
  addCsmsTlsOptions,
  type CsmsTlsOptions,
  csmsTlsOf,
  dialAddress,
  keylogOf,
  type OpenKeylog,
} from "./tls-options.js";
import { csmsUrl, durationMs, positiveNumber } from "./values.js";
import { programName } from "./version.js";

interface ReplayOptions extends CsmsTlsOptions, ReplayFlowOptions {
  readonly keylog?: string;
  readonly csms?: URL | "embedded";
  readonly pace: Pace;
  readonly rate?: number;
  readonly timeout: number;
  readonly identity?: string;
  readonly passwordFile?: string;
  readonly transcript?: string;
  readonly json?: true;
}

/** What all cassettes of one command share. */
interface Job {
  readonly session: CliSession;
  readonly options: ReplayOptions;
  readonly csms: URL;
  readonly tls: CsmsTls | undefined;
  readonly password: Uint8Array | undefined;
  readonly say: (line: string) => void;
  readonly person: Person;
  /** The paths that the command line names; other cassettes were found in folders. */
  readonly named: ReadonlySet<string>;
  /** Set while a replay runs. */
  stop: (() => void) | undefined;
  isStopped: boolean;
}

const exitCodes: Readonly<Record<Outcome["verdict"], number>> = {
  pass: 0,
  partial: 1,
  fail: 1,
  error: 3,
  interrupted: 130,
};

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

/** The plan of a cassette; undefined for one in a folder that belongs to no charge point (plain HTTP, refusals). */
const readPlan = async (job: Job, path: string): Promise<Plan | undefined> => {
  const tape = await readTapeFile(path);
  const shown = printable(path);
  const session = tape.entries[0]?.entry;
  if (!job.named.has(path) && session?.kind === "session" && session.identity === null) {
    job.say(`${shown}: left out, it belongs to no charge point`);
    return undefined;
  }
  if (tape.state === "damaged")
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} is damaged`,
      "ocpp-vcr recover writes a whole one from what is left.",
    );
  const plan = compilePlan(
    tape.entries.map(({ entry }) => entry),
    inflate,
  );
  if (plan.steps.length === 0)
    throw new VcrError(
      "CASSETTE_DAMAGED",
      `${shown} holds no dialogue to replay`,
      "ocpp-vcr info tells what it holds.",
    );
  if (tape.state === "torn") job.say(`${shown} is torn at its end; what is whole is replayed`);
  return plan;
};

const openTranscript = (job: Job, plan: Plan, clock: Clock): TapeWriter | undefined => {
  const { options, session, csms } = job;
  const path = options.transcript;
  if (path === undefined) return undefined;
  const salt = randomSalt();
  const onFailure = (error: Error): void => {
    session.err(`ocpp-vcr: the transcript ${path} cannot be written: ${error.message}`);
    raiseExitCode(session, 1);
  };
  const writer = createTapeWriter(path, { salt, now: clock.now, wall: clock.wall, onFailure });
  writer.write({
    kind: "session",
    format: 1,
    salt,
    startedAt: clock.startedAt,
    identity: options.identity ?? plan.identity,
    capture: "wire",
    source: "replay",
    tool: programName(),
    csms: hideUserinfo(csms.href),
    seed: null,
    rules: null,
  });
  return writer;
};

const tell = (job: Job, report: Report, cassette: string): void => {
  const { session, options, say } = job;
  if (options.json === true) {
    if (report.kind !== "progress") session.out(jsonLine(reportJson(report, cassette)));
    return;
  }
  if (report.kind === "compared") {
    if (isWorthALine(report)) for (const line of comparedWords(report, session)) say(line);
  } else if (report.kind === "waiting") say(waitingWords(report, session));
  else if (report.kind === "fork") say(forkWords(report, session));
  else if (report.kind === "note")
    say(`  ${session.paint.dim("note")}       ${printable(report.message, 300)}`);
  else if (process.stderr.isTTY) process.stderr.write(`  ${report.done} of ${report.of} steps\r`);
};

const conclude = (job: Job, outcome: Outcome, plan: Plan, cassette: string): void => {
  const { session, options, csms, say } = job;
  const { verdict, reason, counts, fingerprint, bytes, forks } = outcome;
  raiseExitCode(session, exitCodes[verdict]);
  if (verdict === "interrupted") {
    say(`  interrupted: ${countWords(counts)}`);
    return;
  }
  const identity = options.identity ?? plan.identity;
  const facts = { cassette, identity, csms: hideUserinfo(csms.href), reason };
  if (options.json === true)
    session.out(jsonLine({ event: "verdict", verdict, fingerprint, bytes, counts, forks, ...facts }));
  for (const fork of forks) say(forkCountWords(fork));
  say(`  ${countWords(counts)}`);
  say(`  ${verdictWords(outcome, session)}`);
};

const waitCommands = ({ options, session }: Job, identity: string): WaitCommands | undefined =>
  options.onWait === undefined
    ? undefined
    : createWaitCommands(options.onWait, identity, (line) => session.err(printable(line)));

const replayOne = async (job: Job, cassette: string): Promise<void> => {
  const { options, csms, say } = job;
  const plan = await readPlan(job, cassette);
  if (plan === undefined) return;
  const identity = options.identity ?? plan.identity;
  say(`${printable(cassette)}: ${printable(identity, 60)} against ${printable(hideUserinfo(csms.href))}`);
  const clock = replayClock(options);
  const transcript = openTranscript(job, plan, clock);
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
      flow: flowOf(options),
    },
    identity: options.identity,
    password: job.password,
    clock,
    record: (entry) => transcript?.write(entry),
    report: (report) => {
      tell(job, report, cassette);
      if (report.kind === "waiting") waits?.start(report);
    },
    showStep: (next) => job.person.showStep(next),
    ask: (waiting) => job.person.ask(waiting),
  });
  job.stop = running.stop.bind(running);
  job.person.attach(running);
  if (job.isStopped) running.stop();
  try {
    conclude(job, await running.outcome, plan, cassette);
  } finally {
    job.stop = undefined;
    job.person.detach();
    waits?.end();
    await transcript?.close();
  }
};

/** One cassette that cannot be replayed does not keep the others from it. */
const replayAll = async (job: Job, cassettes: readonly string[]): Promise<void> => {
  for (const cassette of cassettes) {
    if (job.isStopped || job.person.hasQuit) return;
    try {
      await replayOne(job, cassette);
    } catch (error) {
      if (!(error instanceof VcrError) || error.exitCode !== 4) throw error;
      job.session.err(`ocpp-vcr: ${error.message}`);
      if (error.hint !== "") job.session.err(`  ${error.hint}`);
      raiseExitCode(job.session, error.exitCode);
    }
  }
};

const replay = async (
  session: CliSession,
  paths: readonly string[],
  options: ReplayOptions,
): Promise<void> => {
  if (options.rate !== undefined && options.pace !== "timed")
    throw new VcrError(
      "USAGE",
      "--rate goes with --pace timed alone",
      "Add --pace timed, or leave --rate out.",
    );
  checkFlow(options, process.stdin.isTTY === true);
  const password = readPassword(session, options);
  const cassettes = listTapes(paths);
  if (options.transcript !== undefined) {
    if (cassettes.length > 1)
      throw new VcrError("USAGE", "--transcript takes the transcript of one cassette", "Give one cassette.");
    refuseExisting(options.transcript, false, "Give another name with --transcript.");
  }
  let embedded: EmbeddedCsms | undefined;
  if (options.csms === undefined || options.csms === "embedded") embedded = await startEmbeddedCsms({});
  const csms = embedded === undefined ? (options.csms as URL) : new URL(embedded.url);
  const say = options.json === true ? session.err : session.out;
  const person = new Person({
    session,
    say,
    json: options.json === true,
    steps: options.pace === "manual",
    asks: options.onMissingCall === "ask",
  });
  let keylog: OpenKeylog | undefined;
  try {
    keylog = keylogOf(session, options.keylog);
    const tls = csmsTlsOf(options, csms, session.env, keylog);
    if (tls?.insecure === true) say("WARNING: the CSMS's certificate is not checked (--csms-insecure).");
    const named = new Set(paths);
    const base = { session, options, csms, tls, password, say, person, named };
    const job: Job = { ...base, stop: undefined, isStopped: false };
    void session.untilStopped().then(() => {
      job.isStopped = true;
      raiseExitCode(session, exitCodes.interrupted);
      job.stop?.();
    });
    await replayAll(job, cassettes);
  } finally {
    person.close();
    await embedded?.close();
    keylog?.close();
  }
};

const examples = `
Examples:
  ocpp-vcr replay recordings/CP1 --csms ws://127.0.0.1:9000/ocpp
  ocpp-vcr replay incident.cassette --csms ws://staging.example/ocpp --pace timed --rate 10 --json
  ocpp-vcr replay incident.cassette --transcript again.cassette
${flowExamples}

Without --csms the embedded CSMS answers. Nothing but the recorded dialogue is sent; what is ignored in the
comparison, and what the verdicts mean, is told in docs/reference/replay.md.

Exit codes: 0 pass, 1 fail or partial, 2 usage, 3 the CSMS could not be reached or refused, 4 cassette damaged,
130 interrupted. The highest of several cassettes wins.`;

/** Adds `replay` to the program. */
export function registerReplay(program: Command, session: CliSession): void {
  addFlowOptions(addCsmsTlsOptions(program.command("replay").addOption(storeOption())))
    .option("--keylog <file>", "write the secrets of TLS there, for Wireshark (or SSLKEYLOGFILE)")
    .description(
      "Play the charge point of a cassette against a CSMS, compare its answers, and give a verdict.",
    )
    .argument("<cassettes...>", "cassettes, or folders of them")
    .addOption(
      new Option(
        "-c, --csms <url>",
        "the CSMS: ws[s]://host[:port][/base] (default: the embedded one)",
      ).argParser(csmsUrl),
    )
    .addOption(
      new Option(
        "--pace <pace>",
        "a send waits for the answer before it; for the recorded time, too; for values alone; for a person",
      )
        .choices(["lockstep", "timed", "asap", "manual"])
        .default("lockstep"),
    )
    .addOption(new Option("--rate <x>", "timed: x times as fast as recorded").argParser(positiveNumber))
    .addOption(
      new Option("--timeout <time>", "the longest time without progress")
        .argParser(durationMs)
        .default(30_000, "30s"),
    )
    .option("--identity <id>", "dial as this charge point instead of the recorded one")
    .option("--password-file <file>", "password for a recorded Basic header (or OCPP_VCR_PASSWORD)")
    .option("--transcript <file>", "write what really happened as a cassette")
    .option("--json", "one JSON object per compared message on stdout, words on stderr")
    .addHelpText("after", examples)
    .action((paths: string[], options: ReplayOptions) => replay(session, paths, options));
}
