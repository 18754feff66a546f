// `record`: starts a recording proxy, returns its controls, and closes it.

import { errorText } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { createRunCassettes, type RunCassettes } from "../../io/cassette/run-cassettes.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import { type Clock, startClock } from "../../io/platform/clock.js";
import { printable } from "../../text/printable.js";
import { readCsmsUrl, shownUrl } from "../addresses.js";
import { checkOptions, optionsOf } from "../check-options.js";
import { programName } from "../program-name.js";
import type { Environment } from "../surroundings.js";
import { type TlsPlan, tlsPlanOf } from "../tls-plan.js";
import { ChargerWatch } from "./charger-watch.js";
import { EntryFeed } from "./entry-feed.js";
import { type OpenListener, openListeners, placesOf, waysFor } from "./listeners.js";
import { openConnectionOf, ruleControlsOf } from "./live-controls.js";
import { LiveLint } from "./live-lint.js";
import { addressingOf, contextOf, csmsProxyOf } from "./proxy-context.js";
import type { RecordEvent, RecordSummary } from "./record-events.js";
import type { RecordOptions } from "./record-options.js";
import { recordTable } from "./record-table.js";
import type { RecordingProxy } from "./recording-proxy.js";
import { noteChange, writeRestoreNotes } from "./restore-charger.js";
import { RunControls } from "./run-controls.js";
import { faultGuard, type RunRules, rulesOf } from "./run-rules.js";

/** The parts of a run. */
interface RunParts {
  readonly options: RecordOptions;
  readonly rules: RunRules;
  readonly env: Environment;
  readonly emit: (event: RecordEvent) => void;
}

/** A run: opens everything, and closes everything again. */
class Run {
  readonly feed: EntryFeed;
  readonly controls: RunControls;
  listeners: readonly OpenListener[] = [];
  restoreNotes: string | undefined;
  tls: TlsPlan | undefined;
  cassettes: RunCassettes | undefined;
  private readonly parts: RunParts;
  private readonly clock: Clock = startClock();
  private readonly lint: LiveLint | undefined;
  private embedded: EmbeddedCsms | undefined;
  private watch: ChargerWatch | undefined;
  private entries = 0;
  private faults = 0;
  private isComplete = true;
  private closing: Promise<RecordSummary> | undefined;
  private settle: (summary: Promise<RecordSummary>) => void = () => undefined;
  readonly closed: Promise<RecordSummary>;

  constructor(parts: RunParts) {
    const { options, rules, env, emit } = parts;
    const { clock } = this;
    this.parts = parts;
    this.feed = new EntryFeed(clock);
    this.closed = new Promise((resolve) => {
      this.settle = resolve;
    });
    this.controls = new RunControls({ options, clock, ruleSet: rules.ruleSet, env, emit });
    if (options.lint === true)
      this.lint = new LiveLint((finding, identity) => emit({ kind: "finding", identity, finding }));
  }

  /** Opens everything; closes it again if a part fails. Returns the URL of the CSMS. */
  async open(csms: URL | "embedded"): Promise<URL> {
    try {
      if (csms === "embedded") this.embedded = await startEmbeddedCsms({});
      const url = csms === "embedded" ? new URL(this.embedded?.url ?? "") : csms;
      await this.listen(url);
      if (csms !== "embedded") this.restoreNotes = this.writeNotes(url);
      return url;
    } catch (error) {
      await this.closeParts();
      throw error;
    }
  }

  close(): Promise<RecordSummary> {
    if (this.closing !== undefined) return this.closing;
    this.closing = this.closeParts().then(() => this.summary());
    this.settle(this.closing);
    return this.closing;
  }

  private async listen(csms: URL): Promise<void> {
    const { clock, controls, parts } = this;
    const { options, rules, env, emit } = parts;
    const notice = (message: string): void => emit({ kind: "notice", message });
    const warn = (message: string): void => emit({ kind: "warning", message });
    const places = placesOf(options);
    const addressing = addressingOf(options);
    const tls = tlsPlanOf({ env, warn }, withTls(options), csms);
    this.tls = tls;
    const cassettes = this.makeCassettes(csms);
    this.cassettes = cassettes;
    this.watch = this.makeWatch(tls, cassettes);
    const context = contextOf({
      ...{ options, csms, clock, tls, controls, cassettes, addressing, notice },
      ...{ seed: rules.seed, recorded: rules.recorded },
    });
    await controls.start(cassettes, context.csms);
    this.listeners = await openListeners(context, places, addressing, (listener) =>
      emit({ kind: "listening", listener }),
    );
  }

  private makeCassettes(csms: URL): RunCassettes {
    const { options, rules } = this.parts;
    const { ruleSet, seed } = rules;
    return createRunCassettes({
      folder: options.out,
      clock: this.clock,
      facts: {
        source: "record",
        tool: programName(),
        csms: shownUrl(csms),
        seed: ruleSet === undefined ? (options.seed ?? null) : seed,
        rules: ruleSet?.source ?? null,
      },
      listen: (entry, identity) => this.onEntry(entry, identity),
      onFailure: (path, error, lost) => this.onWriteFailure(path, error, lost),
    });
  }

  private makeWatch(tls: TlsPlan, cassettes: RunCassettes): ChargerWatch {
    const { options, emit } = this.parts;
    const { csmsCert, csmsCertDir, csmsMint, csmsMintCa } = options;
    return new ChargerWatch({
      shown: tls.csms.basic,
      checked: tls.basicAuth,
      hasOwnCertificate: [csmsCert, csmsCertDir, csmsMint, csmsMintCa].some((one) => one !== undefined),
      onNotice: (identity, notice, message) => emit({ kind: "connectivity", identity, notice, message }),
      mark: (identity, at, text) => cassettes.of(identity).record({ kind: "marker", at, text }),
      note: (identity, message) => {
        if (this.restoreNotes !== undefined)
          noteChange(this.restoreNotes, this.clock.wall(), `${printable(identity, 60)}: ${message}`);
      },
    });
  }

  private onEntry(entry: Entry, identity: string | null): void {
    this.entries++;
    this.lint?.handle(entry, identity);
    this.controls.running?.admin.onEntry(entry, identity);
    this.parts.emit({ kind: "entry", identity, entry });
    this.feed.push(entry, identity);
    if (entry.kind === "decision") this.faults++;
    else if (identity !== null) this.watch?.handle(entry, identity);
  }

  private onWriteFailure(path: string, error: Error, lost: number): void {
    this.isComplete = false;
    this.parts.emit({ kind: "write-failed", path, error, lost });
    if (lost > 0) this.controls.running?.admin.onEntriesLost(lost);
    if (this.parts.options.onRecordError === "stop") void this.close();
  }

  /** Writes the restore notes. If that fails, the run continues without them. */
  private writeNotes(csms: URL): string | undefined {
    const { restoreNotes, out } = this.parts.options;
    if (restoreNotes === undefined || out === undefined) return undefined;
    try {
      return writeRestoreNotes(out, {
        at: this.clock.wall(),
        tool: programName(),
        commandLine: restoreNotes.commandLine,
        csms: shownUrl(csms),
        urls: this.listeners.flatMap(({ listener }) => waysFor(listener).map(({ url }) => `${url}/`)),
      });
    } catch (error) {
      this.parts.emit({ kind: "warning", message: `${errorText(error)}; the run continues without it` });
      return undefined;
    }
  }

  private async closeParts(): Promise<void> {
    try {
      await Promise.all(this.listeners.map(({ proxy }) => proxy.close()));
    } finally {
      await this.controls.close();
      await this.cassettes?.close();
      await this.embedded?.close();
      this.tls?.close();
    }
    this.lint?.close();
    this.feed.end();
  }

  private summary(): RecordSummary {
    const { entries, faults, isComplete, cassettes } = this;
    return { cassettes: cassettes?.paths() ?? [], entries, faults, isComplete };
  }
}

/** A wss:// listener needs TLS settings even if there is no certificate store yet. */
const withTls = (options: RecordOptions): RecordOptions =>
  options.tls === undefined && placesOf(options).some(({ scheme }) => scheme === "wss")
    ? { ...options, tls: "auto" }
    : options;

/**
 * Starts a recording proxy: chargers connect to it, it forwards every byte to the CSMS unchanged, and records it.
 *
 * @throws VcrError `USAGE` for options that exclude each other, `LISTEN_FAILED` if it cannot listen, `RULES_INVALID`,
 * `PRODUCTION_GUARDED`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `CERTIFICATE_STORE`, `CERTIFICATE_UNFIT`.
 *
 * @example
 * const proxy = await record({ csms: "ws://127.0.0.1:9000/ocpp", out: "recordings" });
 * console.log(`point the charger at ${proxy.url}`);
 * for await (const { identity, action } of proxy.messages) console.log(identity, action);
 */
export async function record(given: RecordOptions): Promise<RecordingProxy> {
  checkOptions("record", given, optionsOf(recordTable));
  return startRecording(given);
}

/** `record` for options that the command line has read and checked. */
export async function startRecording(given: RecordOptions): Promise<RecordingProxy> {
  const { signal, onEvent, env = process.env } = given;
  signal?.throwIfAborted();
  const emit = onEvent ?? (() => undefined);
  const csms = readCsmsUrl(String(given.csms));
  const rules = await rulesOf(given, (message) => emit({ kind: "notice", message }));
  const guard = faultGuard(given, csms);
  const options = { ...given, liveRules: given.liveRules ?? guard === undefined };
  const mayDisturb = rules.ruleSet !== undefined || options.admin !== undefined || options.liveRules;
  if (mayDisturb && guard !== undefined) throw guard;
  csmsProxyOf(options);
  placesOf(options);
  addressingOf(options);
  const run = new Run({ options, rules, env, emit });
  const url = await run.open(csms);
  const onAbort = (): void => void run.close();
  signal?.addEventListener("abort", onAbort, { once: true });
  void run.closed.then(() => signal?.removeEventListener("abort", onAbort));
  if (signal?.aborted === true) onAbort();
  return proxyOf(run, url, rules);
}

const proxyOf = (run: Run, csms: URL, { ruleSet, seed }: RunRules): RecordingProxy => {
  const { controls, feed, tls, restoreNotes, closed } = run;
  const listeners = run.listeners.map(({ listener }) => listener);
  const { running } = controls;
  return {
    url: listeners[0]?.url ?? "",
    listeners,
    csms,
    entries: feed.entries,
    messages: feed.messages,
    get connections() {
      return controls.registry.all().map(openConnectionOf);
    },
    rules: ruleControlsOf(controls.controller),
    initialRules: ruleSet === undefined ? undefined : { ruleSet, seed },
    get cassettes() {
      return run.cassettes?.paths() ?? [];
    },
    admin: running === undefined ? undefined : { url: running.url, tokenPath: running.tokenPath },
    restoreNotes,
    warnings: tls?.warnings ?? [],
    flush: async () => {
      await Promise.all((run.cassettes?.cassettes() ?? []).map((cassette) => cassette.flush()));
    },
    close: () => run.close(),
    closed,
  };
};
