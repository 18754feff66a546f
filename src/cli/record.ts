// `ocpp-vcr record`: wires the recording proxy. What it says while it runs is made here; what it does is in io/.

import { readFileSync, statSync } from "node:fs";
import { type Command, Option } from "commander";
import { VcrError } from "../base/errors.js";
import { printable } from "../base/printable.js";
import type { Entry } from "../cassette/entry.js";
import { entryToJson } from "../cassette/formats/ndjson.js";
import { type Clock, startClock } from "../io/clock.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../io/embedded-csms.js";
import { startProxy } from "../io/proxy.js";
import { createShelf, type TapeShelf } from "../io/tape-shelf.js";
import type { CsmsAddress, ProxyContext } from "../io/upgrade-context.js";
import { relayLimits } from "../relay/connection.js";
import { createDecider } from "../rules/decide.js";
import { explainRule } from "../rules/explain.js";
import { readRules } from "../rules/read-rules.js";
import type { RuleSet } from "../rules/rule-set.js";
import { findingJson, findingLine } from "./lint-words.js";
import { LiveLint } from "./live-lint.js";
import { type CliSession, raiseExitCode } from "./session.js";
import { csmsUrl, durationMs, type ListenAddress, listenAddress, octetCount, wholeNumber } from "./values.js";
import { programName } from "./version.js";

interface RecordOptions {
  readonly csms?: URL | "embedded";
  readonly listen: ListenAddress;
  readonly out: string;
  readonly rules?: string;
  readonly seed?: number;
  readonly keepHost?: boolean;
  readonly maxFrame: number;
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly onRecordError: "continue" | "stop";
  readonly live?: boolean;
  readonly json?: boolean;
}

const largestRuleFile = 1024 * 1024;

/** Reads a rule file for arming. Throws VcrError RULES_INVALID with all its errors, or FILE_UNREADABLE. */
function loadRules(path: string): RuleSet {
  let text: string;
  try {
    if (statSync(path).size > largestRuleFile) throw new Error("it is larger than 1 MiB");
    text = readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VcrError(
      "RULES_INVALID",
      `the rule file ${path} cannot be read: ${why}`,
      "Check the path given with --rules.",
      error,
    );
  }
  const { ruleSet, issues } = readRules(text);
  if (ruleSet !== undefined && issues.length === 0) return ruleSet;
  const lines = issues.map((issue) => `  ${path}:${issue.where ?? "1:1"}: ${issue.message}`);
  const count = `${issues.length} error${issues.length === 1 ? "" : "s"}`;
  throw new VcrError(
    "RULES_INVALID",
    `${count} in the rule file ${path}:\n${lines.join("\n")}`,
    "See docs/reference/rules.md.",
  );
}

const addressOf = (url: URL, keepHost: boolean): CsmsAddress => {
  const port = url.port === "" ? 80 : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port,
    basePath: url.pathname === "/" ? "" : url.pathname,
    hostField: keepHost ? undefined : url.host,
    origin: `ws://${url.host}`,
  };
};

/** Where the CSMS is: the one asked for, or an embedded one that is started. */
const findCsms = async (
  options: RecordOptions,
): Promise<{ url: URL; embedded: EmbeddedCsms | undefined }> => {
  if (options.csms === undefined)
    throw new VcrError(
      "USAGE",
      "record needs to know the CSMS",
      "Write --csms ws://host:port/base for a real one, or --csms embedded for the one built in (a charger would empty its offline queue into it).",
    );
  if (options.csms !== "embedded") return { url: options.csms, embedded: undefined };
  const embedded = await startEmbeddedCsms({});
  return { url: new URL(embedded.url), embedded };
};

const seedOf = (options: RecordOptions, ruleSet: RuleSet): number => options.seed ?? ruleSet.seed ?? 0;

interface Run {
  readonly session: CliSession;
  readonly options: RecordOptions;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  /** Judges what is recorded, where that was asked for. */
  readonly live: LiveLint | undefined;
  recordFailed: boolean;
  entries: number;
  decisions: number;
  /** Asks the run to end. */
  stop: () => void;
}

const describeDecision = (entry: Extract<Entry, { kind: "decision" }>, identity: string | null): string => {
  const what = `${entry.type} ${entry.action ?? ""}`.trim();
  return `${printable(identity ?? "?", 60)}: rule ${entry.rule}: ${printable(what, 80)} ${entry.direction} ${entry.outcome}`;
};

const hear = (run: Run, entry: Entry, identity: string | null): void => {
  run.entries++;
  run.live?.hear(entry, identity);
  if (run.options.json === true) run.session.out(JSON.stringify({ identity, ...entryToJson(entry) }));
  if (entry.kind !== "decision") return;
  run.decisions++;
  run.say(describeDecision(entry, identity));
};

const startLive = (session: CliSession, json: boolean, say: (line: string) => void): LiveLint =>
  new LiveLint((finding, identity) => {
    if (json) session.out(JSON.stringify({ event: "finding", identity, ...findingJson(finding) }));
    else say(`${printable(identity, 60)}: ${findingLine(finding)}`);
  });

const makeShelf = (run: Run, csms: URL, ruleSet: RuleSet | undefined): TapeShelf => {
  const { options, clock } = run;
  return createShelf({
    folder: options.out,
    clock,
    facts: {
      source: "record",
      tool: programName(),
      csms: `${csms.protocol}//${csms.host}${csms.pathname}`,
      seed: ruleSet === undefined ? null : seedOf(options, ruleSet),
      rules: ruleSet?.source ?? null,
    },
    listen: (entry, identity) => hear(run, entry, identity),
    onFailure: (path, error, lost) => {
      if (!run.recordFailed)
        run.session.err(
          `ocpp-vcr: cannot write ${path}: ${error.message}; the traffic goes on, the tape has a gap`,
        );
      if (lost > 0) run.session.err(`ocpp-vcr: ${lost} entries of ${path} are lost`);
      run.recordFailed = true;
      if (options.onRecordError === "stop") run.stop();
    },
  });
};

const contextOf = (run: Run, csms: URL, shelf: TapeShelf, ruleSet: RuleSet | undefined): ProxyContext => {
  const { options, clock, say } = run;
  const ordinals = new Map<string, number>();
  return {
    csms: addressOf(csms, options.keepHost === true),
    times: { headMs: 10_000, connectMs: options.connectTimeout, answerMs: options.answerTimeout },
    limits: { ...relayLimits, maxFrame: options.maxFrame },
    clock,
    shelf,
    rules:
      ruleSet === undefined
        ? undefined
        : { ruleSet, decider: createDecider(ruleSet, seedOf(options, ruleSet)) },
    nextOrdinal: (identity) => {
      const ordinal = (ordinals.get(identity) ?? 0) + 1;
      ordinals.set(identity, ordinal);
      return ordinal;
    },
    say,
  };
};

const announce = (run: Run, url: string, csms: URL, ruleSet: RuleSet | undefined): void => {
  const { session, options, say } = run;
  if (options.json === true) session.out(JSON.stringify({ event: "listening", url }));
  const target = options.csms === "embedded" ? `the embedded CSMS (${csms.href})` : csms.href;
  say(`Listening on ${url}, forwarding to ${target}; tapes go to ${options.out}/`);
  say(`Type into the charger: ${url}/ (it appends its identity)`);
  if (/^ws:\/\/(127\.|\[::1\]|localhost)/.test(url))
    say("Only programs on this machine can reach that address; --listen 0.0.0.0:9310 opens it to chargers.");
  if (ruleSet === undefined) return;
  say(
    `${ruleSet.rules.length} rule${ruleSet.rules.length === 1 ? "" : "s"} armed, seed ${seedOf(options, ruleSet)}:`,
  );
  for (const rule of ruleSet.rules) say(`  ${rule.id}: ${printable(explainRule(rule), 400)}`);
};

const record = async (session: CliSession, options: RecordOptions): Promise<void> => {
  const ruleSet = options.rules === undefined ? undefined : loadRules(options.rules);
  const say = options.json === true ? session.err : session.out;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const run: Run = {
    session,
    options,
    clock: startClock(),
    say,
    live: options.live === true ? startLive(session, options.json === true, say) : undefined,
    recordFailed: false,
    entries: 0,
    decisions: 0,
    stop,
  };
  const asked = session.untilStopped();
  const { url, embedded } = await findCsms(options);
  const shelf = makeShelf(run, url, ruleSet);
  try {
    const proxy = await startProxy(
      contextOf(run, url, shelf, ruleSet),
      options.listen.host,
      options.listen.port,
    );
    announce(run, proxy.url, url, ruleSet);
    await Promise.race([asked, stopped]);
    await proxy.close();
  } finally {
    await shelf.close();
    await embedded?.close();
  }
  run.live?.close();
  const paths = shelf.paths();
  say(
    `${paths.length} tape${paths.length === 1 ? "" : "s"}, ${run.entries} entries, ${run.decisions} faults applied`,
  );
  for (const path of paths) say(`  ${path}`);
  if (run.recordFailed) raiseExitCode(session, 1);
};

/** Adds `record` to the program. */
export function registerRecord(program: Command, session: CliSession): void {
  program
    .command("record")
    .description("Stand between charge points and their CSMS, forward every byte as it is, and record it.")
    .addOption(
      new Option("-c, --csms <url>", "the CSMS: ws://host[:port][/base], or embedded").argParser(csmsUrl),
    )
    .addOption(
      new Option("-l, --listen <address>", "[host:]port to listen on; port 0 picks one")
        .argParser(listenAddress)
        .default(listenAddress("127.0.0.1:9310"), "127.0.0.1:9310"),
    )
    .option("-o, --out <folder>", "where the tapes go", "recordings")
    .option("-r, --rules <file>", "arm the fault rules of this file")
    .addOption(
      new Option("--seed <n>", "seed of the faults (default: the rule file's, else 0)").argParser(
        wholeNumber(0),
      ),
    )
    .option("--keep-host", "pass the charger's Host on instead of the CSMS's")
    .addOption(
      new Option("--max-frame <size>", "frames above this are forwarded and recorded in parts")
        .argParser(octetCount)
        .default(relayLimits.maxFrame, "16M"),
    )
    .addOption(
      new Option("--connect-timeout <time>", "for a connection to the CSMS")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--answer-timeout <time>", "for the CSMS's answer to an upgrade")
        .argParser(durationMs)
        .default(30_000, "30s"),
    )
    .addOption(
      new Option("--on-record-error <what>", "when a tape cannot be written")
        .choices(["continue", "stop"])
        .default("continue"),
    )
    .option("--live", "tell defects, smells and events while recording, as lint would")
    .option("--no-tui", "plain lines (the only output there is yet)")
    .option("--json", "one JSON object per entry on stdout, words on stderr")
    .addHelpText(
      "after",
      `
Examples:
  ocpp-vcr record --csms ws://csms.example:8080/ocpp --listen 0.0.0.0:9310
  ocpp-vcr record --csms embedded --rules examples/lose-start-answer.yaml --seed 7
  ocpp-vcr record --csms ws://127.0.0.1:9000 --listen 0 --json

Ctrl-C ends it: connections are closed, tapes completed. Exit codes: 0, 1 (a tape has gaps), 2, 3 (cannot listen).`,
    )
    .action((options: RecordOptions) => record(session, options));
}
