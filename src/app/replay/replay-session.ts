// The replays of one command, one after the other. They share the CSMS, TLS and the judging.

import type { Diff } from "../../analyse/compare/diff.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { type EmbeddedCsms, startEmbeddedCsms } from "../../io/csms/embedded-csms.js";
import { type Clock, startClock, startVirtualClock } from "../../io/platform/clock.js";
import { type ReplayRun, type RunningReplay, startReplay } from "../../io/station/run-replay.js";
import { createWaitCommands, type WaitCommands } from "../../io/station/wait-command.js";
import type { CsmsTls } from "../../io/tls/tls-settings.js";
import { compareRuns } from "../../replay/verdict/against.js";
import { ReplayRecord } from "../../replay/verdict/replay-record.js";
import type { HostAndPort } from "../tls-options.js";
import { csmsTlsOf, dialAddress, keylogOf, type OpenKeylog } from "../tls-plan.js";
import { type Judging, openJudging } from "./judging.js";
import { type ProbeOutcome, startProbe } from "./probe.js";
import type { Recording } from "./read-recording.js";
import type { ReplayRunFacts } from "./replay-events.js";
import { passwordOf, type ReplaySetup } from "./replay-setup.js";
import type { ReplayValues } from "./replay-values.js";
import { openTranscript } from "./transcript.js";

/** One of the CSMSs that are replayed to. */
interface Destination {
  readonly csms: URL;
  readonly tls: CsmsTls | undefined;
  readonly connect: HostAndPort | undefined;
  readonly values: ReplayValues;
}

/** A recording replayed to two CSMSs, and how their answers differ. */
export interface ComparedRuns {
  readonly left: ReplayRecord;
  readonly right: ReplayRecord;
  readonly diff: Diff;
}

/** What a session has opened and has to close. */
class OpenParts {
  keylog: OpenKeylog | undefined;
  readonly embedded: EmbeddedCsms[] = [];

  async urlOf(csms: URL | "embedded"): Promise<URL> {
    if (csms !== "embedded") return csms;
    const started = await startEmbeddedCsms({});
    this.embedded.push(started);
    return new URL(started.url);
  }

  async close(): Promise<void> {
    for (const one of this.embedded) await one.close();
    this.keylog?.close();
  }
}

/** The replays of one command. */
export class ReplaySession {
  readonly judging: Judging;
  private readonly setup: ReplaySetup;
  private readonly open: OpenParts;
  private readonly first: Destination;
  private readonly second: Destination | undefined;
  private running: RunningReplay | undefined;
  private isStopped = false;

  constructor(setup: ReplaySetup, judging: Judging, open: OpenParts, destinations: readonly Destination[]) {
    const [first, second] = destinations;
    if (first === undefined) throw new Error("a session has a CSMS");
    this.setup = setup;
    this.judging = judging;
    this.open = open;
    this.first = first;
    this.second = second;
  }

  /** The CSMS. */
  get csms(): URL {
    return this.first.csms;
  }

  /** The CSMS that its answers are compared with. */
  get against(): URL | undefined {
    return this.second?.csms;
  }

  /** Whether the CSMS's certificate is not checked. */
  get isInsecure(): boolean {
    return this.first.tls?.insecure === true;
  }

  /** Whether the session was stopped, or its operator has quit. */
  get isOver(): boolean {
    return this.isStopped || this.setup.settings.operator?.hasQuit === true;
  }

  /** Replays a recording; the record holds the outcome. */
  replay(recording: Recording): Promise<ReplayRecord> {
    return this.replayTo(this.first, recording);
  }

  /** Replays a recording to both CSMSs; undefined if one of the replays did not end. */
  async compare(recording: Recording): Promise<ComparedRuns | undefined> {
    const { first, second, setup } = this;
    if (second === undefined) return undefined;
    const left = await this.replayTo(first, recording);
    if (this.isOver) return undefined;
    const right = await this.replayTo(second, recording);
    if (left.outcome === undefined || right.outcome === undefined) return undefined;
    const { maxSlowdown } = setup.settings.judging;
    const diff = compareRuns(left, right, { ignores: this.judging.ignores, slowdown: maxSlowdown });
    return { left, right, diff };
  }

  /** Dials as the charge point of a recording and closes again; undefined if it was stopped. */
  async probe(recording: Recording): Promise<ProbeOutcome | undefined> {
    const { settings } = this.setup;
    const { running, outcome } = startProbe({
      ...this.dialling(this.first, recording),
      timeoutMs: settings.flow.timeoutMs,
      report: (report) => {
        if (report.kind === "note")
          settings.emit({ kind: "note", cassette: recording.path, message: report.message });
      },
    });
    this.begin(running);
    return outcome.finally(() => {
      this.running = undefined;
    });
  }

  /** Ends the running replay cleanly, without a verdict; no other one begins. */
  stop(): void {
    this.isStopped = true;
    this.running?.stop();
  }

  /** Waits, at most a second, until a later replay cannot send the same dates as this one. */
  async settle(): Promise<void> {
    if (!this.isStopped) await this.setup.values.end();
  }

  /** Closes what the session opened. */
  close(): Promise<void> {
    return this.open.close();
  }

  private async replayTo(destination: Destination, recording: Recording): Promise<ReplayRecord> {
    const { setup, judging } = this;
    const { emit, transcript: path, flow, operator } = setup.settings;
    const { csms } = destination;
    const identity = recording.identity ?? recording.plan.identity;
    const values = await destination.values.next(identity);
    const made = { run: values.run, seed: values.options.seed };
    const record = new ReplayRecord(recording.path, identity, hideUserinfo(csms.href), made);
    const run: ReplayRunFacts = { recording, identity, csms, ...made, record };
    emit({ kind: "begin", run });
    const clock: Clock = flow.clock === "virtual" ? startVirtualClock() : startClock();
    const onFailure = (error: Error): void => emit({ kind: "transcript-failed", path: path ?? "", error });
    const transcript = path === undefined ? undefined : openTranscript(path, run, clock, onFailure);
    const waits = this.waitCommands(identity);
    const running = startReplay({
      ...this.dialling(destination, recording),
      pacing: flow,
      values: values.options,
      judgement: judging.judgementOf(recording),
      clock,
      record: (entry) => transcript?.write(entry),
      report: (report) => {
        record.take(report);
        judging.take(report);
        emit({ kind: "report", run, report });
        if (report.kind === "waiting") waits?.start(report);
      },
      showStep: (next) => operator?.showStep(next),
      ask: (waiting) => operator?.ask(waiting),
    });
    operator?.attach(running);
    this.begin(running);
    try {
      const outcome = await running.outcome;
      values.done(outcome);
      record.outcome = outcome;
      emit({ kind: "conclude", run, outcome });
      return record;
    } finally {
      this.running = undefined;
      operator?.detach();
      waits?.end();
      await transcript?.close();
    }
  }

  private dialling(
    { csms, tls, connect }: Destination,
    recording: Recording,
  ): Pick<ReplayRun, "plan" | "csms" | "tls" | "dialAt" | "identity" | "password"> {
    const password = passwordOf(this.setup.target, recording);
    const dialAt = dialAddress(csms, connect);
    return { plan: recording.plan, csms, tls, dialAt, identity: recording.identity, password };
  }

  private waitCommands(identity: string): WaitCommands | undefined {
    const { flow, emit } = this.setup.settings;
    if (flow.onWait === undefined) return undefined;
    return createWaitCommands(flow.onWait, identity, (line) => emit({ kind: "wait-output", line }));
  }

  private begin(running: RunningReplay): void {
    this.running = running;
    if (this.isStopped) running.stop();
  }
}

/** Opens a session: starts the embedded CSMS if one is needed, and reads the files of the settings. Throws VcrError. */
export async function openReplaySession(setup: ReplaySetup): Promise<ReplaySession> {
  const { settings, values } = setup;
  const { env, emit, tls, csms, against, csmsConnect: connect } = settings;
  const notice = (message: string): void => emit({ kind: "notice", message });
  const judging = await openJudging(settings.judging, notice);
  const open = new OpenParts();
  try {
    const url = await open.urlOf(csms);
    open.keylog = keylogOf({ env, warn: (message) => emit({ kind: "warning", message }) }, tls.keylog);
    const first = { csms: url, tls: csmsTlsOf(tls, url, env, open.keylog), connect, values };
    if (against === undefined) return new ReplaySession(setup, judging, open, [first]);
    const other = await open.urlOf(against);
    // --csms-connect belongs to the first CSMS.
    const otherTls = csmsTlsOf({ ...tls, csmsConnect: undefined }, other, env, open.keylog);
    const twin = values.twin(other.host);
    const second = { csms: other, tls: otherTls, connect: undefined, values: twin };
    return new ReplaySession(setup, judging, open, [first, second]);
  } catch (error) {
    await open.close();
    throw error;
  }
}
