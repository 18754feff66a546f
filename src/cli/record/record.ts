// `ocpp-vcr record`: wires the recording proxy. What it says while it runs is made here; what it does is in io/.

import type { Command } from "commander";
import { recordedFaultsFrom } from "../../app/faults-from.js";
import { loadRules } from "../../app/rule-file.js";
import { type TlsPlan, tlsPlanOf } from "../../app/tls-plan.js";
import { VcrError } from "../../base/errors.js";
import type { RunCassettes } from "../../io/cassette/run-cassettes.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import { startClock } from "../../io/platform/clock.js";
import type { RecordedFaults } from "../../rules/deciding/recorded-faults.js";
import { type CliSession, endSoon, raiseExitCode, surroundingsOf } from "../common/session.js";
import { Controls } from "./record-admin.js";
import { guardFaults } from "./record-guard.js";
import { announce, keepRestoreNotes, openDoors } from "./record-listeners.js";
import { addRecordOptions, type RecordOptions } from "./record-options.js";
import { contextOf, csmsProxyOf, makeRunCassettes, makeWatch, type Run, startLive } from "./record-run.js";

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

const tellEnd = (run: Run, paths: readonly string[]): void => {
  const { say } = run;
  say(
    `${paths.length} cassette${paths.length === 1 ? "" : "s"}, ${run.entries} entries, ${run.decisions} faults applied`,
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
    return tlsPlanOf(surroundingsOf(session), options, csms);
  } catch (error) {
    await giveUp();
    throw error;
  }
};

/** The faults that another cassette shows, where they are to be done again. */
const recordedOf = async (
  { faultsFrom, rules, seed }: RecordOptions,
  say: (line: string) => void,
): Promise<RecordedFaults | undefined> => {
  if (faultsFrom === undefined) return undefined;
  if (rules !== undefined || seed !== undefined)
    throw new VcrError(
      "USAGE",
      "--faults-from brings its own rules and draws",
      "Leave --rules and --seed out, or --faults-from.",
    );
  const faults = await recordedFaultsFrom(faultsFrom, say);
  return { ...faults, ruleSet: { ...faults.ruleSet, seed: faults.seed } };
};

const record = async (session: CliSession, given: RecordOptions, command: Command): Promise<void> => {
  const options = withTls(given);
  const say = options.json === true ? session.err : session.out;
  const recorded = await recordedOf(options, say);
  const ruleSet = recorded?.ruleSet ?? (options.rules === undefined ? undefined : loadRules(options.rules));
  // Rules can come to life by the admin API, too.
  if (ruleSet !== undefined || options.admin !== undefined) guardFaults(options, command);
  csmsProxyOf(options);
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const asked = session.untilStopped();
  const { url, embedded } = await findCsms(options);
  const tls = await tlsPlanOr(session, options, url, async () => embedded?.close());
  const clock = startClock();
  const run: Run = {
    session,
    options,
    clock,
    controls: new Controls({
      session,
      options,
      clock,
      ruleSet,
      say,
      isProduction: options.production === true,
    }),
    say,
    csms: url,
    ruleSet,
    recorded,
    tls,
    live: options.live === true ? startLive(session, options.json === true, say) : undefined,
    watch: undefined,
    restoreNotes: undefined,
    recordFailed: false,
    entries: 0,
    decisions: 0,
    stop,
  };
  let cassettes: RunCassettes | undefined;
  try {
    cassettes = makeRunCassettes(run);
    run.watch = makeWatch(run, cassettes);
    const context = contextOf(run, cassettes);
    await run.controls.start(cassettes, context.csms);
    const doors = await openDoors(run, context);
    run.restoreNotes = keepRestoreNotes(run, doors);
    announce(run, doors);
    run.controls.announce();
    await Promise.race([asked, stopped]);
    await Promise.all(doors.map(({ proxy }) => proxy.close()));
  } finally {
    await run.controls.close();
    await cassettes?.close();
    await embedded?.close();
    run.tls.close();
    endSoon(session);
  }
  run.live?.close();
  tellEnd(run, cassettes?.paths() ?? []);
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
  ocpp-vcr record --csms ws://127.0.0.1:9000 --faults-from recordings/CP1/faulted.cassette
  ocpp-vcr record --csms ws://127.0.0.1:9000 --listen 0 --json
  ocpp-vcr record --csms ws://127.0.0.1:9000 --admin 9311 --rules examples/lose-start-answer.yaml --disarmed
  ocpp-vcr record --csms ws://127.0.0.1:9000 --rules examples/lose-start-answer.yaml --rules-ttl 10m --fault-identities CP1,LAB-*

Ctrl-C ends it: connections are closed, cassettes completed. Exit codes: 0, 1 (a cassette has gaps), 2, 3 (cannot listen).`,
    )
    .action((options: RecordOptions, command: Command) => record(session, options, command));
}
