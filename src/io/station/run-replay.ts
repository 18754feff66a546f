// Runs the machine of a simulated charge point on raw sockets and the clock: feeds it events and executes its commands in
// order. All I/O of a replay starts here; nothing is decided here.
//
//   socket, timer --event--> machine.handle --dial/send/end/reset/timer/record/report--> socket, transcript, reports

import { assertNever } from "../../base/assert-never.js";
import type { Machine } from "../../base/machine.js";
import { longestTimerMs } from "../../base/time.js";
import type { Entry } from "../../cassette/format/entry.js";
import type { Plan } from "../../replay/plan/plan.js";
import type {
  AwaitedCall,
  NextStep,
  Outcome,
  StationCommand,
  StationEvent,
  StationReport,
} from "../../replay/protocol.js";
import type { PacingOptions } from "../../replay/station/run/pacing.js";
import { createStation } from "../../replay/station/station.js";
import type { ValueOptions } from "../../replay/station/values/value-options.js";
import type { Judgement } from "../../replay/verdict/judgement.js";
import type { Clock } from "../platform/clock.js";
import { sha256Hex } from "../platform/digests.js";
import { hideHead } from "../platform/hide-heads.js";
import { startTimer, type Timer } from "../platform/timers.js";
import type { CsmsTls } from "../tls/tls-settings.js";
import { openStationSocket, type StationSocket } from "./station-socket.js";

/** A replay to run. */
export interface ReplayRun {
  readonly plan: Plan;
  readonly csms: URL;
  readonly pacing: PacingOptions;
  /** How values are made; all as recorded unless given. */
  readonly values?: ValueOptions | undefined;
  /** Undefined to dial with the recorded identity. */
  readonly identity: string | undefined;
  readonly password: Uint8Array | undefined;
  /** TLS towards the CSMS; undefined for a plain connection. */
  readonly tls?: CsmsTls | undefined;
  /** Where to dial, if not at the host and port of the URL. */
  readonly dialAt?: { readonly host: string; readonly port: number } | undefined;
  /** What is ignored, and which failures are expected; nothing unless given. */
  readonly judgement?: Judgement | undefined;
  readonly clock: Clock;
  /** Takes the entries of the transcript. */
  readonly record: (entry: Entry) => void;
  readonly report: (report: StationReport) => void;
  /** Manual pace: shows the message that the next `step` sends. */
  readonly showStep?: (next: NextStep) => void;
  /** Asks the operator what to do without a call; `answer` takes the answer. */
  readonly ask?: (waiting: AwaitedCall) => void;
}

/** A running replay. */
export interface RunningReplay {
  /** Settles when the run is over and its sockets are closed; rejects on an internal error. */
  readonly outcome: Promise<Outcome>;
  /** Ends the run now, cleanly and without a verdict. */
  stop(): void;
  /** Manual pace: sends the next message, or all that are left. */
  step(all: boolean): void;
  /** The operator's answer about a call that does not come. */
  answer(answer: "send" | "skip" | "fail"): void;
}

/** Frames of the CSMS with a larger payload are left out of the comparison. */
const maxFrame: number = 16 * 1024 * 1024;

/** By how much the timeouts of sockets are longer than the machine's, so that the machine's is the one that counts. */
const spareMs = 5000;

class Runner implements RunningReplay {
  readonly outcome: Promise<Outcome>;
  private readonly run: ReplayRun;
  private readonly machine: Machine<StationEvent, StationCommand>;
  private readonly sockets = new Map<number, StationSocket>();
  private timer: Timer | undefined;
  private jump: NodeJS.Immediate | undefined;
  private over = false;
  private settle: (outcome: Outcome) => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;

  constructor(run: ReplayRun) {
    this.run = run;
    const { csms, identity, password } = run;
    const basePath = csms.pathname === "/" ? "" : csms.pathname;
    this.machine = createStation({
      ...run.pacing,
      plan: run.plan,
      values: run.values,
      target: { host: csms.host, basePath, identity, password },
      maxFrame,
      sha256: sha256Hex,
      judgement: run.judgement,
      hideHead,
    });
    this.outcome = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
    });
  }

  start(): void {
    this.feed({ kind: "start", atNs: this.run.clock.now() });
  }

  stop(): void {
    this.feed({ kind: "stop", atNs: this.run.clock.now() });
  }

  step(all: boolean): void {
    this.feed({ kind: "step", atNs: this.run.clock.now(), all });
  }

  answer(answer: "send" | "skip" | "fail"): void {
    this.feed({ kind: "operator-answer", atNs: this.run.clock.now(), answer });
  }

  private feed(event: StationEvent): void {
    if (this.over) return;
    try {
      for (const command of this.machine.handle(event)) this.execute(command);
    } catch (error) {
      this.finish(() => this.fail(error));
    }
  }

  private execute(command: StationCommand): void {
    switch (command.kind) {
      case "dial":
        this.dial(command.connection, command.head);
        return;
      case "send":
        this.sockets.get(command.connection)?.send(command.bytes);
        return;
      case "end":
        this.sockets.get(command.connection)?.end();
        return;
      case "reset":
        this.sockets.get(command.connection)?.reset();
        return;
      case "timer":
        this.wake(command);
        return;
      case "cancel":
        this.clearTimers();
        return;
      case "step":
        this.run.showStep?.(command.next);
        return;
      case "ask":
        this.run.ask?.(command.waiting);
        return;
      case "record":
        this.run.record(this.withTls(command.entry));
        return;
      case "report":
        this.run.report(command.report);
        return;
      case "finish":
        this.finish(() => this.settle(command.outcome));
        return;
      default:
        assertNever(command);
    }
  }

  private wake({ id, ms, skippable }: StationCommand & { readonly kind: "timer" }): void {
    const { clock } = this.run;
    const fire = (): void => this.feed({ kind: "timer", id, atNs: clock.now() });
    this.clearTimers();
    if (!skippable || clock.skip === undefined) {
      this.timer = startTimer(fire, ms);
      return;
    }
    // What the CSMS has already sent is handled first; then the time is over at once.
    this.jump = setImmediate(() => {
      clock.skip?.(ms);
      fire();
    });
  }

  private clearTimers(): void {
    this.timer?.stop();
    clearImmediate(this.jump);
  }

  /** Adds the facts about TLS, which the machine does not have. */
  private withTls(entry: Entry): Entry {
    if (entry.kind !== "connection-opened") return entry;
    const csms = this.sockets.get(entry.connection)?.tls?.facts ?? null;
    return { ...entry, tls: { charger: null, csms } };
  }

  private dial(connection: number, head: Uint8Array): void {
    const { csms, pacing, clock, tls, dialAt } = this.run;
    const standardPort = csms.protocol === "wss:" ? 443 : 80;
    const options = {
      connection,
      host: dialAt?.host ?? csms.hostname.replace(/^\[|\]$/g, ""),
      port: dialAt?.port ?? (csms.port === "" ? standardPort : Number(csms.port)),
      tls,
      identity: this.run.identity ?? this.run.plan.identity,
      handshakeFailed: this.run.record,
      head,
      timeoutMs: Math.min(pacing.timeoutMs + spareMs, longestTimerMs),
      clock,
      feed: (event: StationEvent) => this.feed(event),
    };
    const failed = (error: unknown): void => this.finish(() => this.fail(error));
    this.sockets.set(connection, openStationSocket(options, failed));
  }

  private finish(then: () => void): void {
    if (this.over) return;
    this.over = true;
    this.clearTimers();
    void Promise.all([...this.sockets.values()].map((socket) => socket.release())).then(then);
  }
}

/** Starts a replay. */
export function startReplay(run: ReplayRun): RunningReplay {
  const runner = new Runner(run);
  runner.start();
  return runner;
}
