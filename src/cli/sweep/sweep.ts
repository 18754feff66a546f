// `ocpp-vcr sweep`: replays a cassette once for each fault through a recording proxy, and prints how the CSMS reacted. The
// replays run in io/sweep/run-sweep, outcomes are judged in sweep/outcome. Above 200 lines, because it also has the options
// and the examples of its help.

import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Command, Option } from "commander";
import { guardError, hostName, hostsOf, isLoopback } from "../../app/production-guard.js";
import { type Recording, readRecording } from "../../app/replay/read-recording.js";
import { passwordOf } from "../../app/replay/replay-setup.js";
import { openTarget, type ReplayTarget } from "../../app/replay/replay-target.js";
import { loadRules } from "../../app/rule-file.js";
import type { CsmsTlsOptions } from "../../app/tls-options.js";
import { csmsTlsOf, dialAddress } from "../../app/tls-plan.js";
import { VcrError } from "../../base/errors.js";
import { folderName } from "../../cassette/folder-name.js";
import { startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import { sha256Hex } from "../../io/platform/digests.js";
import { Sweep, type TrialResult } from "../../io/sweep/run-sweep.js";
import type { CsmsPlace } from "../../io/sweep/sweep-station.js";
import { assumedVersion } from "../../ocpp/version.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import { isBad } from "../../sweep/outcome.js";
import { sweepPage } from "../../sweep/page.js";
import { catalogueTrials, ruleTrials, type Trials } from "../../sweep/trials.js";
import { matchesGlob } from "../../text/glob.js";
import { printable } from "../../text/printable.js";
import { groupHelp, type HelpGroup } from "../common/help-groups.js";
import { refuseForeign, sha256Base64, writeReportFile } from "../common/report-file.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { csmsUrl, durationMs, wholeNumber } from "../common/values.js";
import {
  addProductionOptions,
  confirmedHost,
  type ProductionOptions,
} from "../options/production-options.js";
import { targetSettingsOf } from "../options/read-target.js";
import { storeOption } from "../options/store-options.js";
import { addCsmsTlsOptions } from "../options/tls-options.js";
import { countsOf, matrixLines, resultLine, type SweepSummary, summaryLine } from "./sweep-words.js";

interface SweepCommandOptions extends CsmsTlsOptions, ProductionOptions {
  readonly csms: URL | "embedded";
  readonly faults: string;
  readonly only?: string;
  readonly identity?: string;
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
  readonly pace: Pace;
  readonly timeout: number;
  readonly seed?: number;
  readonly run?: number;
  readonly out?: string;
  readonly html?: string;
  readonly json?: true;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const htmlStart = "<!doctype html";

const readCassette = async (
  path: string,
  target: ReplayTarget,
  say: (line: string) => void,
): Promise<Recording> => {
  const recording = await readRecording(path, true, {
    part: { selection: undefined, prologue: "none" },
    side: "charger",
    target,
    bindings: [],
    emit: ({ message }) => say(message),
  });
  if (recording !== undefined) return recording;
  throw usage(
    `${printable(path)} holds no dialogue of a charge point`,
    "Give the cassette of a charge point.",
  );
};

interface Chosen extends Trials {
  readonly seed: number | undefined;
}

const chooseTrials = ({ faults, only }: SweepCommandOptions, { plan }: Recording): Chosen => {
  const version = [...plan.versions.values()][0] ?? assumedVersion;
  const actions = new Set(plan.steps.flatMap((step) => (step.kind === "call" ? [step.action] : [])));
  const ruleSet = faults === "all" ? undefined : loadRules(faults);
  const dialogue = { version, actions };
  const all = ruleSet === undefined ? catalogueTrials(dialogue) : ruleTrials(ruleSet, dialogue);
  const seed = ruleSet?.seed;
  if (only === undefined) return { ...all, seed };
  const isMeant = (name: string): boolean => matchesGlob(only, name);
  const trials = all.trials.filter(({ name }) => isMeant(name));
  const leftOut = all.leftOut.filter(({ name }) => isMeant(name));
  if (trials.length + leftOut.length === 0)
    throw usage(
      `no fault is called ${printable(only, 80)}`,
      `There are ${all.trials.map(({ name }) => name).join(", ")}.`,
    );
  return { trials, leftOut, seed };
};

const checkGuard = (
  options: SweepCommandOptions,
  confirmed: string | undefined,
  { entries }: Recording,
): void => {
  const { csms, csmsConnect, production } = options;
  if (csms === "embedded") return;
  const isHere = csmsConnect !== undefined && isLoopback(hostName(csmsConnect.host));
  const hosts = [
    ...(csmsConnect === undefined ? [] : [csmsConnect.host]),
    ...(isHere ? [] : [csms.hostname]),
  ];
  const isMarked = production === true;
  const error = guardError({ what: "the sweep", hosts, recordedFrom: hostsOf(entries), isMarked, confirmed });
  if (error !== undefined) throw error;
};

const placeOf = (session: CliSession, options: SweepCommandOptions): (() => Promise<CsmsPlace>) => {
  const { csms } = options;
  if (csms === "embedded")
    return async () => {
      const embedded = await startEmbeddedCsms({});
      return { url: new URL(embedded.url), close: () => embedded.close() };
    };
  const tls = csmsTlsOf(options, csms, session.env, undefined);
  const dialAt = dialAddress(csms, options.csmsConnect);
  return async () => ({ url: csms, tls, dialAt, close: async () => undefined });
};

const tell = (session: CliSession, options: SweepCommandOptions, summary: SweepSummary): void => {
  if (options.json === true) session.out(summaryLine(summary));
  else for (const line of matrixLines(session.paint, summary)) session.out(line);
  const { results, notTried } = summary;
  if (notTried.length > 0 || results.some(({ outcome }) => isBad(outcome))) raiseExitCode(session, 1);
};

const writePage = async (
  path: string,
  options: SweepCommandOptions,
  cassette: string,
  summary: SweepSummary,
): Promise<void> => {
  const { results, leftOut, notTried, seed } = summary;
  const counts = Object.entries(countsOf(results)).filter(([, count]) => count > 0);
  const facts = [
    ["CSMS", options.csms === "embedded" ? "embedded" : options.csms.href],
    ["faults", options.faults],
    ["seed", String(seed)],
    ...counts.map(([outcome, count]) => [outcome, String(count)] as const),
  ] as const;
  const page = sweepPage(
    { title: basename(cassette), facts, rows: results, leftOut, notTried },
    sha256Base64,
  );
  await writeReportFile(path, htmlStart, page);
};

const sweep = async (session: CliSession, cassette: string, command: Command): Promise<void> => {
  const options = command.opts<SweepCommandOptions>();
  const { html, out, json } = options;
  if (html !== undefined) refuseForeign(html, htmlStart);
  const target = openTarget(targetSettingsOf(session.env, options));
  const recording = await readCassette(cassette, target, session.err);
  checkGuard(options, confirmedHost(command), recording);
  const { trials, leftOut, seed: fileSeed = 0 } = chooseTrials(options, recording);
  const openCsms = placeOf(session, options);
  const seed = options.seed ?? fileSeed;
  const run = options.run ?? randomInt(1, 2 ** 30);
  const folder = out ?? (await mkdtemp(join(tmpdir(), "ocpp-vcr-sweep-")));
  const names = new Set<string>();
  const folderOf = (name: string): string => {
    const own = folderName(name, names, sha256Hex);
    names.add(own);
    return join(folder, own);
  };
  const machine = new Sweep({
    plan: recording.plan,
    identity: recording.identity,
    password: passwordOf(target, recording),
    pace: options.pace,
    timeoutMs: options.timeout,
    openCsms,
    isLasting: options.csms !== "embedded",
    seed,
    run,
    folderOf,
    say: session.err,
  });
  let isStopped = false;
  void session.untilStopped().then(() => {
    isStopped = true;
    raiseExitCode(session, 130);
    machine.stop();
  });
  const results: TrialResult[] = [];
  // Not in the matrix, which must not differ from run to run.
  session.err(`seed ${seed}, run ${run}`);
  const progress = process.stderr.isTTY ? session.err : () => undefined;
  try {
    const answered = await machine.playClean();
    progress(`clean replay: ${answered} CALLs answered; ${trials.length} faults to try`);
    for (const [index, trial] of trials.entries()) {
      if (isStopped) break;
      progress(`${index + 1}/${trials.length} ${printable(trial.name, 60)}`);
      const result = await machine.attempt(trial);
      if (result === undefined) break;
      results.push(result);
      if (json === true) session.out(resultLine(result, out !== undefined));
    }
    const notTried = trials.slice(results.length).map(({ name }) => name);
    const summary = { results, leftOut, notTried, seed };
    tell(session, options, summary);
    if (html !== undefined) await writePage(html, options, cassette, summary);
  } finally {
    if (out === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const examples = `
Examples:
  ocpp-vcr sweep recordings/sample-1.6.cassette --faults all --only 'j*'
  ocpp-vcr sweep incident.cassette --csms ws://staging.example/ocpp --faults preset:malformed-frames --html sweep.html
  ocpp-vcr sweep incident.cassette --csms ws://127.0.0.1:9000/ocpp --faults rules.yaml --seed 7 --json --out cassettes

The cassette is replayed once clean, then once per fault; behind each fault the charge point dials again, repeats the
transaction messages that nobody answered, and asks for a Heartbeat. What the outcomes mean is told in
docs/reference/sweep.md.

Exit codes: 0 nothing worse than recovered, 1 a worse outcome, or faults that could not be tried, 2 usage, 3 the CSMS
cannot be reached, 4 cassette damaged, 130 interrupted.`;

const helpGroups: readonly HelpGroup[] = [
  [
    "Everyday options",
    ...["faults", "csms", "only", "seed", "out", "html", "json", "identity", "pace", "timeout"],
  ],
  ["Passwords and ids", ...["password-file", "password-env", "run"]],
  [
    "TLS for the CSMS",
    ...["csms-ca", "csms-insecure", "csms-cert", "csms-key", "csms-cert-dir", "csms-mint", "csms-mint-ca"],
    ...["csms-connect", "certs"],
  ],
  ["Production systems", ...["production", "to-production"]],
];

/** Adds `sweep` to the program. */
export function registerSweep(program: Command, session: CliSession): void {
  const command = program
    .command("sweep")
    .description("Replay a cassette once for each fault, and print a table of how the CSMS reacted.")
    .argument("<cassette>", "the cassette of a charge point")
    .addOption(
      new Option("-c, --csms <url>", "the CSMS: ws[s]://host[:port][/base], or embedded")
        .argParser(csmsUrl)
        .default("embedded"),
    )
    .requiredOption(
      "--faults <which>",
      "all of the catalogue, preset:NAME, or a rule file: each of its rules alone",
    )
    .option("--only <glob>", "only faults, or rules, of these names")
    .option("--identity <id>", "dial as this charge point instead of the recorded one")
    .option("--password-file <file>", "password for HTTP Basic (or OCPP_VCR_PASSWORD)")
    .option("--password-env <name>", "the environment variable that holds that password")
    .addOption(
      new Option(
        "--pace <pace>",
        "lockstep: wait for the previous answer; asap: wait only for values that are needed",
      )
        .choices(["lockstep", "asap"])
        .default("lockstep"),
    )
    .addOption(
      new Option("--timeout <time>", "how long the CSMS may be silent")
        .argParser(durationMs)
        .default(3000, "3s"),
    )
    .addOption(
      new Option("--seed <n>", "seed of the faults (default: the rule file's, else 0)").argParser(
        wholeNumber(0),
      ),
    )
    .addOption(
      new Option("--run <n>", "what made ids depend on (default: a random number)").argParser(wholeNumber(0)),
    )
    .option("-o, --out <folder>", "keep the cassettes of the proxy there, a folder for each fault")
    .option("--html <file>", "write the matrix as a page")
    .option("--json", "one JSON object per fault on stdout, and one at the end");
  addProductionOptions(addCsmsTlsOptions(command.addOption(storeOption())));
  groupHelp(command, helpGroups)
    .addHelpText("after", examples)
    .action((cassette: string, _options: SweepCommandOptions, own: Command) => sweep(session, cassette, own));
}
