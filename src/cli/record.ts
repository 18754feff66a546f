// `ocpp-vcr record`: wires the recording proxy. What it says while it runs is made here; what it does is in io/.

import { readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import { VcrError } from "../base/errors.js";
import { jsonLine, printable } from "../base/printable.js";
import type { Entry } from "../cassette/entry.js";
import { entryToJson } from "../cassette/formats/ndjson.js";
import type { Door } from "../io/addresses.js";
import { type Clock, startClock } from "../io/clock.js";
import { type CsmsProxy, readCsmsProxy } from "../io/connect-proxy.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../io/embedded-csms.js";
import { type RunningProxy, startProxy } from "../io/proxy.js";
import { Reach } from "../io/reach.js";
import { createShelf, type TapeShelf } from "../io/tape-shelf.js";
import type { ProxyContext } from "../io/upgrade-context.js";
import { relayLimits } from "../relay/connection.js";
import { createDecider } from "../rules/decide.js";
import { explainRule } from "../rules/explain.js";
import { readRules } from "../rules/read-rules.js";
import type { RuleSet } from "../rules/rule-set.js";
import { findingJson, findingLine } from "./lint-words.js";
import { LiveLint } from "./live-lint.js";
import { guardFaults } from "./record-guard.js";
import { addRecordOptions, type ListenPlace, type RecordOptions, usualPlaces } from "./record-options.js";
import { RecordWatch } from "./record-watch.js";
import { askedUrl, type Readiness, wayLines, waysFor } from "./record-words.js";
import { type CliSession, endSoon, raiseExitCode } from "./session.js";
import { type TlsPlan, tlsPlanOf } from "./tls-options.js";
import { programName } from "./version.js";
import { noteChange, writeWayBack } from "./way-back.js";

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
  readonly csms: URL;
  readonly ruleSet: RuleSet | undefined;
  readonly tls: TlsPlan;
  watch: RecordWatch | undefined;
  wayBack: string | undefined;
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
  if (run.options.json === true) run.session.tick(jsonLine({ identity, ...entryToJson(entry) }));
  if (entry.kind === "decision") {
    run.decisions++;
    run.say(describeDecision(entry, identity));
  } else if (identity !== null) run.watch?.hear(entry, identity);
};

const startLive = (session: CliSession, json: boolean, say: (line: string) => void): LiveLint =>
  new LiveLint((finding, identity) => {
    if (json) session.tick(jsonLine({ event: "finding", identity, ...findingJson(finding) }));
    else say(`${printable(identity, 60)}: ${findingLine(finding)}`);
  });

const makeShelf = (run: Run): TapeShelf => {
  const { options, clock, csms, ruleSet } = run;
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

const makeWatch = (run: Run, shelf: TapeShelf): RecordWatch => {
  const { session, options, clock, tls, say } = run;
  const { paint } = session;
  return new RecordWatch({
    shown: tls.csms.basic,
    checked: tls.basicAuth,
    ownCertificate: [options.csmsCert, options.csmsCertDir, options.csmsMint, options.csmsMintCa].some(
      (one) => one !== undefined,
    ),
    say,
    // Colours are for stdout; with --json words go elsewhere.
    sayBold: (line) => say(options.json === true ? line : paint.bold(line)),
    mark: (identity, at, text) => shelf.of(identity).record({ kind: "marker", at, text }),
    note: (line) => {
      if (run.wayBack !== undefined) noteChange(run.wayBack, clock.wall(), line);
    },
  });
};

/** The proxy on the way; its URL, which may hold a password, is never said. */
const csmsProxyOf = ({ csmsProxy }: RecordOptions): CsmsProxy | undefined => {
  if (csmsProxy === undefined) return undefined;
  const proxy = readCsmsProxy(csmsProxy);
  if (proxy !== undefined) return proxy;
  throw new VcrError(
    "USAGE",
    "the value of --csms-proxy is no URL of an HTTP proxy",
    "Write http://host:port, or http://user:password@host:port.",
  );
};

const basePathOf = ({ pathname }: URL): string => (pathname === "/" ? "" : pathname);

const contextOf = (run: Run, shelf: TapeShelf): ProxyContext => {
  const { options, clock, say, csms, ruleSet, tls } = run;
  const { path, identityFrom, forwarded } = options;
  const ordinals = new Map<string, number>();
  return {
    csms: {
      ...tls.csms,
      basePath: basePathOf(csms),
      hostField: options.keepHost === true ? undefined : csms.host,
      proxy: csmsProxyOf(options),
    },
    reach: new Reach({ path, identityFrom, forwarded, say }),
    tls: tls.charger,
    basicAuth: tls.basicAuth,
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

interface OpenDoor extends Door {
  readonly proxy: RunningProxy;
}

const modes = { ws: "off", wss: "on" } as const;

/** Listens in one place; says so on stdout at once, before anything else can be said of it. */
const openDoor = async (run: Run, context: ProxyContext, place: ListenPlace): Promise<OpenDoor> => {
  const tls = place.scheme === undefined ? run.tls.charger.mode : modes[place.scheme];
  const proxy = await startProxy(
    { ...context, tls: { ...run.tls.charger, mode: tls } },
    place.host,
    place.port,
  );
  return { proxy, host: place.host, port: proxy.port, tls };
};

const openDoors = async (run: Run, context: ProxyContext): Promise<readonly OpenDoor[]> => {
  const doors: OpenDoor[] = [];
  try {
    for (const place of run.options.listen ?? usualPlaces) {
      const door = await openDoor(run, context, place);
      doors.push(door);
      if (run.options.json === true)
        run.session.out(jsonLine({ event: "listening", url: door.proxy.url, ...waysOf(run, door) }));
    }
  } catch (error) {
    await Promise.all(doors.map(({ proxy }) => proxy.close()));
    throw error;
  }
  return doors;
};

const readinessOf = ({ options, csms, tls }: Run, doors: readonly Door[]): Readiness => ({
  doors,
  certificateFor: (address) => tls.charger.credentials(undefined, address)[0]?.cert,
  origin: tls.csms.origin,
  basePath: basePathOf(csms),
  path: options.path,
  identityFrom: options.identityFrom,
});

/** The ways into a listener, for programs. */
const waysOf = (run: Run, door: Door): { readonly ways: readonly object[]; readonly asks: string } => {
  const readiness = readinessOf(run, [door]);
  const ways = waysFor(door, readiness).map(({ url, on, within, named }) => ({
    url,
    interface: on ?? null,
    within,
    named: named ?? null,
  }));
  return { ways, asks: askedUrl(readiness) };
};

const announce = (run: Run, doors: readonly OpenDoor[]): void => {
  const { options, say, csms, ruleSet } = run;
  const target = options.csms === "embedded" ? `the embedded CSMS (${csms.href})` : shownUrl(csms);
  say(
    `Listening on ${doors.map(({ proxy }) => proxy.url).join(", ")}, forwarding to ${target}; tapes go to ${options.out}/`,
  );
  for (const line of wayLines(readinessOf(run, doors))) say(line);
  for (const warning of run.tls.warnings) say(warning);
  if (run.wayBack !== undefined)
    say(`What to type back into the charger afterwards stands in ${run.wayBack}`);
  if (ruleSet === undefined) return;
  say(
    `${ruleSet.rules.length} rule${ruleSet.rules.length === 1 ? "" : "s"} armed, seed ${seedOf(options, ruleSet)}:`,
  );
  for (const rule of ruleSet.rules) say(`  ${rule.id}: ${printable(explainRule(rule), 400)}`);
};

const shownUrl = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${pathname}`;

/** Writes the way back; a folder that takes no file costs the way back, not the recording. */
const keepWayBack = (run: Run, doors: readonly OpenDoor[]): string | undefined => {
  const { options, session, clock, csms } = run;
  if (options.csms === "embedded") return undefined;
  const readiness = readinessOf(run, doors);
  try {
    return writeWayBack(options.out, {
      at: clock.wall(),
      tool: programName(),
      commandLine: process.argv.slice(2),
      csms: shownUrl(csms),
      urls: doors.flatMap((door) => waysFor(door, readiness).map(({ url }) => `${url}/`)),
    });
  } catch (error) {
    session.err(`ocpp-vcr: ${error instanceof Error ? error.message : String(error)}; it goes on without`);
    return undefined;
  }
};

const tellEnd = (run: Run, paths: readonly string[]): void => {
  const { say } = run;
  say(
    `${paths.length} tape${paths.length === 1 ? "" : "s"}, ${run.entries} entries, ${run.decisions} faults applied`,
  );
  for (const warning of run.tls.warnings) say(warning);
  for (const path of paths) say(`  ${path}`);
  if (run.recordFailed) raiseExitCode(run.session, 1);
};

/** With a listener for TLS alone, TLS must be there, wherever the rest of them takes it from. */
const withTls = (options: RecordOptions): RecordOptions =>
  options.tls === undefined && (options.listen ?? []).some(({ scheme }) => scheme === "wss")
    ? { ...options, tls: "auto" }
    : options;

const tlsPlanOr = async (
  session: CliSession,
  options: RecordOptions,
  csms: URL,
  giveUp: () => Promise<void>,
): Promise<TlsPlan> => {
  try {
    return tlsPlanOf(session, options, csms);
  } catch (error) {
    await giveUp();
    throw error;
  }
};

const record = async (session: CliSession, given: RecordOptions, command: Command): Promise<void> => {
  const options = withTls(given);
  const ruleSet = options.rules === undefined ? undefined : loadRules(options.rules);
  if (ruleSet !== undefined) guardFaults(options, command);
  csmsProxyOf(options);
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const asked = session.untilStopped();
  const { url, embedded } = await findCsms(options);
  const tls = await tlsPlanOr(session, options, url, async () => embedded?.close());
  const say = options.json === true ? session.err : session.out;
  const run: Run = {
    session,
    options,
    clock: startClock(),
    say,
    csms: url,
    ruleSet,
    tls,
    live: options.live === true ? startLive(session, options.json === true, say) : undefined,
    watch: undefined,
    wayBack: undefined,
    recordFailed: false,
    entries: 0,
    decisions: 0,
    stop,
  };
  let shelf: TapeShelf | undefined;
  try {
    shelf = makeShelf(run);
    run.watch = makeWatch(run, shelf);
    const doors = await openDoors(run, contextOf(run, shelf));
    run.wayBack = keepWayBack(run, doors);
    announce(run, doors);
    await Promise.race([asked, stopped]);
    await Promise.all(doors.map(({ proxy }) => proxy.close()));
  } finally {
    await shelf?.close();
    await embedded?.close();
    run.tls.close();
    endSoon(session);
  }
  run.live?.close();
  tellEnd(run, shelf?.paths() ?? []);
};

/** Adds `record` to the program. */
export function registerRecord(program: Command, session: CliSession): void {
  addRecordOptions(
    program
      .command("record")
      .description("Stand between charge points and their CSMS, forward every byte as it is, and record it."),
  )
    .addHelpText(
      "after",
      `
Examples:
  ocpp-vcr record --csms ws://csms.example:8080/ocpp --listen 0.0.0.0:9310
  ocpp-vcr record --csms wss://csms.example/ocpp --listen ws://:80 --listen wss://:443
  ocpp-vcr record --csms embedded --rules examples/lose-start-answer.yaml --seed 7
  ocpp-vcr record --csms wss://csms.example --production --rules faults.yaml --to-production csms.example
  ocpp-vcr record --csms ws://127.0.0.1:9000 --listen 0 --json

Ctrl-C ends it: connections are closed, tapes completed. Exit codes: 0, 1 (a tape has gaps), 2, 3 (cannot listen).`,
    )
    .action((options: RecordOptions, command: Command) => record(session, options, command));
}
