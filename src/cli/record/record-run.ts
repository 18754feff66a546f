// One run of `record`: what it counts and tells, and what it is made of: cassettes, watch, and what the proxies share.

import { programName } from "../../app/program-name.js";
import { RecordWatch } from "../../app/record/charger-watch.js";
import { LiveLint } from "../../app/record/live-lint.js";
import { noteChange } from "../../app/record/restore-charger.js";
import type { TlsPlan } from "../../app/tls-plan.js";
import { VcrError } from "../../base/errors.js";
import { entryToJson } from "../../cassette/export/ndjson.js";
import type { Entry } from "../../cassette/format/entry.js";
import { createRunCassettes, type RunCassettes } from "../../io/cassette/run-cassettes.js";
import type { Clock } from "../../io/platform/clock.js";
import { ChargerAddressing } from "../../io/proxy/charger-addressing.js";
import type { ProxyContext } from "../../io/proxy/upgrade-context.js";
import { type CsmsProxy, readCsmsProxy } from "../../io/sockets/connect-proxy.js";
import { relayLimits } from "../../relay/limits.js";
import { createDecider, createRecordedDecider, type Decider } from "../../rules/deciding/decide.js";
import type { RecordedFaults } from "../../rules/deciding/recorded-faults.js";
import type { RuleSet } from "../../rules/language/rule-set.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { findingJson, findingLine } from "../words/lint-words.js";
import type { Controls } from "./record-admin.js";
import type { RecordOptions } from "./record-options.js";

/** The seed of the faults. */
export function seedOf(options: RecordOptions, ruleSet: RuleSet): number {
  return options.seed ?? ruleSet.seed ?? 0;
}

/** A run of `record`. */
export interface Run {
  readonly session: CliSession;
  readonly options: RecordOptions;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  readonly csms: URL;
  readonly ruleSet: RuleSet | undefined;
  /** The faults of a cassette that are done again; `ruleSet` is theirs then. */
  readonly recorded: RecordedFaults | undefined;
  readonly tls: TlsPlan;
  readonly controls: Controls;
  watch: RecordWatch | undefined;
  restoreNotes: string | undefined;
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
  run.controls.sink?.hear(entry, identity);
  if (run.options.json === true) run.session.tick(jsonLine({ identity, ...entryToJson(entry) }));
  if (entry.kind === "decision") {
    run.decisions++;
    run.say(describeDecision(entry, identity));
  } else if (identity !== null) run.watch?.hear(entry, identity);
};

/** Judges what is recorded while it is. */
export function startLive(session: CliSession, json: boolean, say: (line: string) => void): LiveLint {
  return new LiveLint((finding, identity) => {
    if (json) session.tick(jsonLine({ event: "finding", identity, ...findingJson(finding) }));
    else say(`${printable(identity, 60)}: ${findingLine(finding)}`);
  });
}

/** The cassettes of a run. */
export function makeRunCassettes(run: Run): RunCassettes {
  const { options, clock, csms, ruleSet } = run;
  return createRunCassettes({
    folder: options.out,
    clock,
    facts: {
      source: "record",
      tool: programName(),
      csms: `${csms.protocol}//${csms.host}${csms.pathname}`,
      seed: ruleSet === undefined ? (options.seed ?? null) : seedOf(options, ruleSet),
      rules: ruleSet?.source ?? null,
    },
    listen: (entry, identity) => hear(run, entry, identity),
    onFailure: (path, error, lost) => {
      if (!run.recordFailed)
        run.session.err(
          `ocpp-vcr: cannot write ${path}: ${error.message}; the traffic goes on, the cassette has a gap`,
        );
      if (lost > 0) run.session.err(`ocpp-vcr: ${lost} entries of ${path} are lost`);
      run.recordFailed = true;
      if (lost > 0) run.controls.sink?.lost(lost);
      if (options.onRecordError === "stop") run.stop();
    },
  });
}

/** The watch over what chargers are told to change. */
export function makeWatch(run: Run, cassettes: RunCassettes): RecordWatch {
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
    mark: (identity, at, text) => cassettes.of(identity).record({ kind: "marker", at, text }),
    note: (line) => {
      if (run.restoreNotes !== undefined) noteChange(run.restoreNotes, clock.wall(), line);
    },
  });
}

/** The proxy on the way; its URL, which may hold a password, is never said. */
export function csmsProxyOf({ csmsProxy }: RecordOptions): CsmsProxy | undefined {
  if (csmsProxy === undefined) return undefined;
  const proxy = readCsmsProxy(csmsProxy);
  if (proxy !== undefined) return proxy;
  throw new VcrError(
    "USAGE",
    "the value of --csms-proxy is no URL of an HTTP proxy",
    "Write http://host:port, or http://user:password@host:port.",
  );
}

/** What stands in front of the charger's path. */
export function basePathOf({ pathname }: URL): string {
  return pathname === "/" ? "" : pathname;
}

const deciderOf = (run: Run): Decider | undefined => {
  const { options, ruleSet, controls, clock } = run;
  const { rules } = controls;
  if (rules === undefined) return undefined;
  if (run.recorded !== undefined) return createRecordedDecider(run.recorded, rules);
  const seed = ruleSet === undefined ? (options.seed ?? 0) : seedOf(options, ruleSet);
  return createDecider(rules, seed, clock.startedMs);
};

/** What the proxies of a run share. */
export function contextOf(run: Run, cassettes: RunCassettes): ProxyContext {
  const { options, clock, say, csms, tls, controls } = run;
  const { path, identityFrom, forwarded } = options;
  const ordinals = new Map<string, number>();
  return {
    csms: {
      ...tls.csms,
      basePath: basePathOf(csms),
      hostField: options.keepHost === true ? undefined : csms.host,
      proxy: csmsProxyOf(options),
    },
    reach: new ChargerAddressing({ path, identityFrom, forwarded, say }),
    tls: tls.charger,
    basicAuth: tls.basicAuth,
    times: { headMs: 10_000, connectMs: options.connectTimeout, answerMs: options.answerTimeout },
    limits: { ...relayLimits, maxFrame: options.maxFrame },
    clock,
    cassettes,
    rules: deciderOf(run),
    registry: controls.registry,
    nextOrdinal: (identity) => {
      const ordinal = (ordinals.get(identity) ?? 0) + 1;
      ordinals.set(identity, ordinal);
      return ordinal;
    },
    say,
  };
}
