// The simulated charge point as a machine: it follows its plan step by step, answers the CSMS, compares, and ends with
// a verdict. All transitions of a run are in this file. It knows the time only from its events.
//
//   dial -> dialled -> (call | other)* -> end -> ended -> dial ... -> finish
//
// Steps are done one at a time, in the plan's order. The step at the front waits for the answers that it needs and for
// the CSMS call that caused it. Every wait ends, except a wait for the operator, so every run comes to a verdict.

import { assertNever } from "../../base/assert-never.js";
import type { Machine } from "../../base/machine.js";
import { plural } from "../../text/plural.js";
import type { CallStep, DialStep, EndStep, OtherStep, Plan, PlanStep } from "../plan/plan.js";
import type { ReplayVerdict, StationCommand, StationEvent } from "../protocol.js";
import { type Judgement, plainJudgement } from "../verdict/judgement.js";
import { BootFlow } from "./boot-flow.js";
import { CallWaits } from "./calls/call-waits.js";
import { type ConnectionOptions, Connections } from "./connections.js";
import { Dialogue } from "./dialogue.js";
import type { Link } from "./link/link.js";
import { usualFlow } from "./run/flow.js";
import { ManualTurns } from "./run/manual-turns.js";
import { Pacing, type PacingOptions } from "./run/pacing.js";
import { StationOutput } from "./run/station-output.js";
import { type StationWait, WaitTimer } from "./run/wait-timer.js";
import { type EarlyEnd, Shutdown } from "./shutdown.js";
import type { ValueOptions } from "./values/value-options.js";
import { asRecorded } from "./values/values.js";

/** What a station is made with. */
export interface StationOptions extends PacingOptions, ConnectionOptions {
  readonly plan: Plan;
  /** What is ignored, and which failures are expected; nothing unless given. */
  readonly judgement?: Judgement | undefined;
  /** How values are made; all as recorded unless given. */
  readonly values?: ValueOptions | undefined;
}

const stepsPerProgress = 100;

class Station implements Machine<StationEvent, StationCommand> {
  private readonly plan: Plan;
  private readonly steps: readonly PlanStep[];
  private readonly dialogue: Dialogue;
  private readonly pacing: Pacing;
  private readonly calls: CallWaits;
  private readonly boots: BootFlow;
  private readonly turns: ManualTurns;
  private readonly output: StationOutput;
  private readonly connections: Connections;
  private readonly timer: WaitTimer;
  private readonly shutdown: Shutdown;
  /** The last step that is not the end of a connection. */
  private readonly lastSending: number;
  private next = 0;
  private dialledAtNs = 0;
  /** When the end step at the front began to wait for the CSMS; undefined while it does not. */
  private graceFromNs: number | undefined;
  private graceSpent = false;
  private closeSpent = false;
  private finished = false;

  constructor(options: StationOptions) {
    const { plan, sha256, target, values = asRecorded, judgement = plainJudgement } = options;
    this.plan = plan;
    this.steps = plan.steps;
    this.output = new StationOutput(judgement);
    const making = { options: values, sha256, identity: target.identity ?? plan.identity };
    this.dialogue = new Dialogue(plan, this.output, { sha256, making, ignores: judgement.ignores });
    this.pacing = new Pacing(options);
    this.calls = new CallWaits(plan, this.pacing, {
      hasCome: (expectation) => this.dialogue.csmsCalls.hasCome(expectation),
      canCome: () => this.connections.isAnyOpen,
      liveValue: (slot) => this.dialogue.values.liveValue(slot),
    });
    this.connections = new Connections(options, this.dialogue, this.output);
    const { dialogue, connections, pacing, output } = this;
    this.boots = new BootFlow({ dialogue, connections, pacing, output });
    this.turns = new ManualTurns(pacing, output);
    this.timer = new WaitTimer(output);
    this.shutdown = new Shutdown({ dialogue, connections, pacing, timer: this.timer });
    this.lastSending = this.steps.findLastIndex((step) => step.kind !== "end");
  }

  handle(event: StationEvent): readonly StationCommand[] {
    if (!this.finished) this.take(event);
    const { finishedWith } = this.shutdown;
    if (finishedWith !== undefined && !this.finished) this.closeAndConclude(finishedWith, event.atNs);
    if (!this.isEnding) this.advance(event.atNs);
    return this.output.take();
  }

  private get isEnding(): boolean {
    return this.finished || this.shutdown.isRunning;
  }

  private take(event: StationEvent): void {
    switch (event.kind) {
      case "start":
        this.pacing.progress(event.atNs);
        for (const note of this.plan.notes) this.output.note("left-out", note);
        return;
      case "dialled":
        if (this.connections.dialled(event.connection, event.head, event.atNs))
          this.pacing.progress(event.atNs);
        return;
      case "refused":
        this.finishIf(this.connections.refused(event), event.atNs);
        return;
      case "bytes":
        this.bytes(event.connection, event.chunk, event.atNs);
        return;
      case "ended":
        this.connections.ended(event.connection, event.how, event.atNs);
        return;
      case "timer": {
        const wait = this.timer.over(event.id, event.atNs);
        if (wait !== undefined) this.timedOut(wait, event.atNs);
        return;
      }
      case "step":
        this.turns.release(event.all);
        return;
      case "operator-answer":
        if (this.timer.current?.why === "operator") this.callMissing(event.answer, event.atNs);
        return;
      case "stop":
        this.leave("interrupted", event.atNs);
        return;
      default:
        assertNever(event);
    }
  }

  private bytes(connection: number, chunk: Uint8Array, atNs: number): void {
    const link = this.connections.get(connection);
    if (link === undefined) return;
    for (const item of link.receive(chunk, atNs)) {
      if (this.dialogue.receive(link, item, atNs)) this.pacing.progress(atNs);
      this.sendExtra(link, atNs);
    }
  }

  /** Sends a CALL that the plan does not have, no faster than the CALLs of the plan. */
  private sendExtra(link: Link, atNs: number): StationWait | undefined {
    const dueNs = this.pacing.rateDueNs;
    if (dueNs > atNs)
      return this.dialogue.extra.isDue(link.step.connection) ? { why: "rate", dueNs } : undefined;
    if (this.dialogue.sendExtra(link, atNs)) this.pacing.sent(atNs, true);
    return undefined;
  }

  // --- the plan -------------------------------------------------------------------------------------------

  private advance(atNs: number): void {
    for (let step = this.steps[this.next]; step !== undefined; step = this.steps[this.next]) {
      if (this.stopsAtFork(atNs)) return;
      const wait = this.attempt(step, atNs);
      if (wait !== undefined && wait.dueNs > atNs) {
        this.timer.set(wait, atNs);
        return;
      }
      if (wait !== undefined) {
        this.timedOut(wait, atNs);
        if (this.isEnding) return;
        continue;
      }
      this.stepped(step, atNs);
    }
    if (!this.stopsAtFork(atNs)) this.finish(atNs);
  }

  private stepped(step: PlanStep, atNs: number): void {
    this.next++;
    this.graceFromNs = undefined;
    if (this.timer.current?.why === "operator") this.timer.clear();
    this.pacing.stepped(step.atNs, atNs);
    if (this.next % stepsPerProgress === 0)
      this.output.report({ kind: "progress", done: this.next, of: this.steps.length });
  }

  private attempt(step: PlanStep, atNs: number): StationWait | undefined {
    const boot = this.boots.wait;
    if (boot !== undefined) return boot;
    switch (step.kind) {
      case "dial":
        return this.dial(step, atNs);
      case "call":
      case "other":
        return this.send(step, atNs);
      case "end":
        return this.end(step, atNs);
      default:
        return assertNever(step);
    }
  }

  /** What every step waits for last: its recorded time, then the CSMS call that caused it. */
  private gapOrCall(step: PlanStep, atNs: number): StationWait | undefined {
    const dueNs = this.pacing.gapDueNs(step.atNs);
    if (dueNs > atNs) return { why: "gap", dueNs };
    const call = this.calls.waitFor(this.next, step, atNs);
    if (call?.begun !== undefined) this.output.report(call.begun);
    if (call === undefined) return undefined;
    // The operator has been asked, and has unlimited time.
    if (this.timer.current?.why === "operator") return this.timer.current;
    return { why: "call", dueNs: call.dueNs };
  }

  /** A wait has timed out. */
  private timedOut(wait: StationWait, atNs: number): void {
    this.timer.clear();
    switch (wait.why) {
      case "answer":
        this.pacing.timedOut();
        this.pacing.progress(atNs);
        this.boots.giveUp();
        this.output.note("gave-up", `gave up waiting for ${plural(this.dialogue.giveUp(), "answer")}`);
        return;
      case "dial":
        this.pacing.skipWaits();
        this.finishIf(this.connections.abandonDials(atNs), atNs);
        return;
      case "grace":
        this.graceSpent = true;
        return;
      case "closing":
        this.closeSpent = true;
        this.connections.endClosing(atNs);
        return;
      case "call":
        this.callMissing(this.calls.policy, atNs);
        return;
      case "boot":
        this.boots.resend(atNs);
        return;
      case "shutdown":
        this.dialogue.closing.giveUp();
        return;
      case "gap":
      case "rate":
      case "retry":
      case "step":
      case "operator":
        return;
      default:
        assertNever(wait.why);
    }
  }

  private dial(step: DialStep, atNs: number): StationWait | undefined {
    const { pacing } = this;
    const link = this.connections.get(step.connection);
    if (link !== undefined)
      return link.state === "dialling"
        ? { why: "dial", dueNs: pacing.dialDueNs(this.dialledAtNs) }
        : undefined;
    const { retryAtNs } = this.connections;
    if (retryAtNs > atNs) return { why: "retry", dueNs: retryAtNs };
    const wait = this.gapOrCall(step, atNs);
    if (wait !== undefined) return wait;
    this.connections.dial(step);
    this.dialledAtNs = atNs;
    pacing.progress(atNs);
    return { why: "dial", dueNs: pacing.dialDueNs(atNs) };
  }

  private send(step: CallStep | OtherStep, atNs: number): StationWait | undefined {
    const { dialogue, pacing } = this;
    const link = this.connections.get(step.connection);
    const skipped = this.calls.whySkipped(this.next);
    if (link?.state !== "open" || skipped !== undefined) {
      dialogue.unsent(this.next, step, skipped ?? "not sent: the connection was over", skipped === undefined);
      return undefined;
    }
    this.sendExtra(link, atNs);
    if (step.kind === "call" && !pacing.skipsWaits && this.mustWait(step))
      return { why: "answer", dueNs: pacing.answerDueNs };
    const isTooFast = step.kind === "call" && pacing.rateDueNs > atNs;
    const rate = isTooFast ? ({ why: "rate", dueNs: pacing.rateDueNs } as const) : undefined;
    const wait = this.gapOrCall(step, atNs) ?? rate ?? this.turns.wait(this.next, step);
    if (wait !== undefined) return wait;
    dialogue.send(link, this.next, step, atNs);
    pacing.sent(atNs, step.kind === "call");
    return undefined;
  }

  private mustWait(step: CallStep): boolean {
    const valuesOnly = this.pacing.options.pace === "asap";
    return (
      this.dialogue.calls.mustWait(step, valuesOnly) ||
      (!valuesOnly && this.dialogue.extra.isOpen(step.connection))
    );
  }

  private end(step: EndStep, atNs: number): StationWait | undefined {
    const { dialogue, pacing } = this;
    const link = this.connections.get(step.connection);
    if (link === undefined || link.state === "dead") return undefined;
    if (link.state === "closing") return this.closingWait();
    const isLast = this.next > this.lastSending;
    const extra = this.sendExtra(link, atNs);
    if (extra !== undefined) return extra;
    const isOwed = dialogue.calls.isAwaiting(step.connection) || dialogue.extra.isOpen(step.connection);
    if (isOwed && (isLast || !pacing.skipsWaits)) return { why: "answer", dueNs: pacing.answerDueNs };
    const wait = this.gapOrCall(step, atNs);
    if (wait !== undefined) return wait;
    if (isLast && this.shutdown.endTransactions(atNs)) return { why: "answer", dueNs: pacing.answerDueNs };
    const mayComeYet = step.how.kind === "by-csms" || dialogue.csmsCalls.isExpecting(step.connection);
    this.graceFromNs ??= atNs;
    if (mayComeYet && !this.graceSpent) return { why: "grace", dueNs: pacing.graceDueNs(this.graceFromNs) };
    link.endAs(step.how, atNs);
    if (step.how.kind === "reset") {
      dialogue.dropLink(link);
      return undefined;
    }
    this.graceFromNs = atNs;
    return this.closingWait();
  }

  private closingWait(): StationWait {
    return { why: "closing", dueNs: this.closeSpent ? 0 : this.pacing.graceDueNs(this.graceFromNs ?? 0) };
  }

  // --- a call that does not come --------------------------------------------------------------------------

  private callMissing(what: "send" | "skip" | "fail" | "ask", atNs: number): void {
    const step = this.steps[this.next];
    this.timer.clear();
    this.pacing.progress(atNs);
    const waiting = step === undefined ? undefined : this.calls.describe(this.next, step);
    if (waiting === undefined) return;
    if (what === "ask") {
      this.output.push({ kind: "ask", waiting });
      this.timer.set({ why: "operator", dueNs: Number.POSITIVE_INFINITY }, atNs);
      return;
    }
    const words = { send: "is sent without it", skip: "is left out", fail: "is not sent" }[what];
    this.output.note("call-missing", `the CSMS did not call ${waiting.for}; ${waiting.because} ${words}`);
    if (what === "send") this.calls.giveUp();
    else if (what === "skip") this.calls.skip(this.next);
    else this.fail(atNs);
  }

  // --- the end --------------------------------------------------------------------------------------------

  private stopsAtFork(atNs: number): boolean {
    const { onFork } = this.pacing.options.flow ?? usualFlow;
    if (onFork !== "stop" || this.output.tally.counts.forks === 0) return false;
    this.output.note(
      "stopped",
      `stopped at the fork; not done: ${plural(this.steps.length - this.next, "step")}`,
    );
    this.fail(atNs);
    return true;
  }

  private fail(atNs: number): void {
    this.output.tally.fail();
    this.leave("fail", atNs);
  }

  private leave(verdict: EarlyEnd, atNs: number): void {
    if (!this.shutdown.begin(verdict, atNs)) this.closeAndConclude(verdict, atNs);
  }

  private closeAndConclude(verdict: EarlyEnd, atNs: number): void {
    this.connections.closeAll(atNs);
    this.conclude(verdict, "", atNs);
  }

  private finish(atNs: number): void {
    for (const link of this.connections.all) this.dialogue.dropLink(link);
    this.dialogue.reportMissing();
    this.conclude(this.output.tally.verdict, "", atNs);
  }

  /** Ends the run if there is a reason why there can be no dialogue at all; "": there is none. */
  private finishIf(reason: string, atNs: number): void {
    if (reason === "") return;
    for (const link of this.connections.all) this.dialogue.dropLink(link);
    this.conclude("error", reason, atNs);
  }

  private conclude(verdict: ReplayVerdict | "interrupted", reason: string, atNs: number): void {
    this.finished = true;
    this.dialogue.noteOpenTransactions();
    for (const link of this.connections.all) link.recordClosed(atNs);
    this.timer.cancel();
    const { fingerprint, forks, values } = this.dialogue;
    const digests = { fingerprint: fingerprint.named, bytes: fingerprint.bytes };
    const { counts } = this.output.tally;
    const outcome = { verdict, reason, counts, forks: forks.counts, ...digests, ...values.forNextRun };
    this.output.push({ kind: "finish", outcome });
  }
}

/** Makes a station that follows a plan; its first event is `start`. */
export function createStation(options: StationOptions): Machine<StationEvent, StationCommand> {
  return new Station(options);
}
