// `ocpp-vcr sweep`: its options, and what it prints. The sweep itself is app/sweep.

import { basename } from "node:path";
import { type Command, Option } from "commander";
import type { SweepSummary } from "../../app/sweep/sweep-events.js";
import { openSweepSession } from "../../app/sweep/sweep-session.js";
import type { SweepSettings } from "../../app/sweep/sweep-settings.js";
import type { CsmsTlsOptions } from "../../app/tls-options.js";
import type { Pace } from "../../replay/station/run/pacing.js";
import { sweepPage } from "../../sweep/page.js";
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
import { matrixLines, resultLine, summaryLine } from "./sweep-words.js";

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

const htmlStart = "<!doctype html";

const writePage = async (
  path: string,
  { csms, faults }: SweepCommandOptions,
  cassette: string,
  { results, leftOut, notTried, seed, counts }: SweepSummary,
): Promise<void> => {
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  const facts = [
    ["CSMS", csms === "embedded" ? "embedded" : csms.href],
    ["faults", faults],
    ["seed", String(seed)],
    ...found.map(([outcome, count]) => [outcome, String(count)] as const),
  ] as const;
  const page = sweepPage(
    { title: basename(cassette), facts, rows: results, leftOut, notTried },
    sha256Base64,
  );
  await writeReportFile(path, htmlStart, page);
};

/** Prints what happens: results on stdout with `--json`, progress on stderr where that is a terminal. */
const eventPrinter = (session: CliSession, { json, out }: SweepCommandOptions): SweepSettings["emit"] => {
  const progress = process.stderr.isTTY ? session.err : () => undefined;
  return (event) => {
    switch (event.kind) {
      case "begin":
        // On stderr, because stdout must not differ from run to run.
        return session.err(`seed ${event.seed}, run ${event.run}`);
      case "clean":
        return progress(`clean replay: ${event.answered} CALLs answered; ${event.trials} faults to try`);
      case "trial":
        return progress(`${event.number}/${event.trials} ${printable(event.name, 60)}`);
      case "result":
        return json === true ? session.out(resultLine(event.result, out !== undefined)) : undefined;
      case "cassette-failed":
        return session.err(`cannot write ${event.path}: ${event.error.message}`);
      default:
        return session.err(event.message);
    }
  };
};

const sweep = async (session: CliSession, cassette: string, command: Command): Promise<void> => {
  const options = command.opts<SweepCommandOptions>();
  const { html, json, csms, csmsConnect, production, faults, only, pace, timeout, seed, run, out } = options;
  if (html !== undefined) refuseForeign(html, htmlStart);
  const running = await openSweepSession(cassette, {
    ...{ csms, csmsConnect, production, faults, only, pace, seed, run },
    toProduction: confirmedHost(command),
    tls: options,
    target: targetSettingsOf(session.env, options),
    timeoutMs: timeout,
    folder: out,
    env: session.env,
    emit: eventPrinter(session, options),
  });
  void session.untilStopped().then(() => {
    raiseExitCode(session, 130);
    running.stop();
  });
  const summary = await running.run();
  if (json === true) session.out(summaryLine(summary));
  else for (const line of matrixLines(session.paint, summary)) session.out(line);
  if (!summary.ok) raiseExitCode(session, 1);
  if (html !== undefined) await writePage(html, options, cassette, summary);
};

const examples = `
Examples:
  ocpp-vcr sweep recordings/sample-1.6.cassette --faults all --only 'j*'
  ocpp-vcr sweep incident.cassette --csms ws://staging.example/ocpp --faults preset:malformed-frames --html sweep.html
  ocpp-vcr sweep incident.cassette --csms ws://127.0.0.1:9000/ocpp --faults rules.yaml --seed 7 --json --out cassettes

The cassette is replayed once clean, then once per fault. After each fault the charge point dials again, repeats the
unanswered transaction messages, and sends a Heartbeat. docs/reference/sweep.md explains the outcomes.

Exit codes: 0 nothing worse than recovered, 1 a worse outcome, or faults that were not tried, 2 usage, 3 the CSMS
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
    .description("Replay a cassette once per fault, and show in a matrix how the CSMS handled each.")
    .argument("<cassette>", "the cassette of a charge point")
    .addOption(
      new Option("-c, --csms <url>", "the CSMS: ws[s]://host[:port][/base], or embedded")
        .argParser(csmsUrl)
        .default("embedded"),
    )
    .requiredOption(
      "--faults <which>",
      "all (the whole catalogue), preset:NAME, or a rule file, whose rules are tried one by one",
    )
    .option("--only <glob>", "only faults, or rules, with matching names")
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
      new Option("--timeout <time>", "how long the CSMS may take to answer")
        .argParser(durationMs)
        .default(3000, "3s"),
    )
    .addOption(
      new Option("--seed <n>", "seed of the faults (default: the rule file's, else 0)").argParser(
        wholeNumber(0),
      ),
    )
    .addOption(
      new Option("--run <n>", "seed of the generated ids (default: random)").argParser(wholeNumber(0)),
    )
    .option(
      "-o, --out <folder>",
      "keep the cassettes of the proxy in this folder, in one subfolder per fault",
    )
    .option("--html <file>", "write the matrix as an HTML page")
    .option("--json", "one JSON object per fault on stdout, and one at the end");
  addProductionOptions(addCsmsTlsOptions(command.addOption(storeOption())));
  groupHelp(command, helpGroups)
    .addHelpText("after", examples)
    .action((cassette: string, _options: SweepCommandOptions, own: Command) => sweep(session, cassette, own));
}
