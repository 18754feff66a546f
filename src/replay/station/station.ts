// The simulated charge point as a machine: follows its plan step by step, answers the CSMS, compares, and ends
// with a verdict. All transitions of a run stand in this file; it sees time only in its events.
//
//   dial -> dialled -> (call | other)* -> end -> ended -> dial ... -> finish
//
// Rules of this file: steps are done in the plan's order and one at a time; the step at the front waits for its
// hard causes, and for the call that it follows from (design section 6); every wait has an end but those for a
// person, so a run always comes to a verdict.

import { assertNever } from "../../base/assert-never.js";
import type { Machine } from "../../base/machine.js";
import type { CallStep, DialStep, EndStep, OtherStep, Plan, PlanStep } from "../plan/plan.js";
import type { ReplayVerdict, StationCommand, StationEvent } from "../protocol.js";
import { type Judgement, plainJudgement } from "../verdict/judgement.js";
import { BootFlow } from "./boot-flow.js";
import { CallWaits } from "./calls/call-waits.js";
import { type ConnectionOptions, Connections } from "./connections.js";
import { Dialogue } from "./dialogue.js";
import type { Link } from "./link/link.js";
import { type EarlyEnd, Parting } from "./parting.js";
import { usualFlow } from "./run/flow.js";
import { ManualTurns } from "./run/manual-turns.js";
import { Pacing, type PacingOptions } from "./run/pacing.js";
import { StationOutput } from "./run/station-output.js";
import { type StationWait, WaitTimer } from "./run/wait-timer.js";
import type { ValueOptions } from "./values/value-options.js";
import { asRecorded } from "./values/values.js";

/** What a station is given. */
export interface StationOptions extends PacingOptions, ConnectionOptions {
  readonly plan: Plan;
  /** What must not count, and what is known to fail; nothing where it is absent. */
  readonly judgement?: Judgement | undefined;
  /** How values are made; everything as recorded unless given. */
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
  private readonly parting: Parting;
  /** The last step that is not the end of a connection. */
  private readonly lastSending: number;
  private next = 0;
  private dialledAt = 0;
  /** When the end step at the front began to wait for the CSMS. */
  private graceFrom: number | undefined;
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
      hasCome: (expectation) => this.dialogue.csms.hasCome(expectation),
      canCome: () => this.connections.isAnyOpen,
      liveValue: (slot) => this.dialogue.values.live(slot),
    });
    this.connections = new Connections(options, this.dialogue, this.output);
    const { dialogue, connections, pacing, output } = this;
    this.boots = new BootFlow({ dialogue, connections, pacing, output });
    this.turns = new ManualTurns(pacing, output);
    this.timer = new WaitTimer(output);
    this.parting = new Parting({ dialogue, connections, pacing, timer: this.timer });
    this.lastSending = this.steps.findLastIndex((step) => step.kind !== "end");
  }

  handle(event: StationEvent): readonly StationCommand[] {
    if (!this.finished) this.take(event);
    const { over } = this.parting;
    if (over !== undefined && !this.finished) this.goodbye(over, event.at);
    if (!this.isEnding) this.advance(event.at);
    return this.output.take();
  }

  private get isEnding(): boolean {
    return this.finished || this.parting.isUnderWay;
  }

  private take(event: StationEvent): void {
    switch (event.kind) {
      case "start":
        this.pacing.progress(event.at);
        for (const note of this.plan.notes) this.output.note("left-out", note);
        return;
      case "dialled":
        if (this.connections.dialled(event.connection, event.head, event.at)) this.pacing.progress(event.at);
        return;
      case "refused":
        this.finishIf(this.connections.refused(event), event.at);
        return;
      case "bytes":
        this.bytes(event.connection, event.chunk, event.at);
        return;
      case "ended":
        this.connections.ended(event.connection, event.how, event.at);
        return;
      case "timer": {
        const wait = this.timer.fired(event.id, event.at);
        if (wait !== undefined) this.over(wait, event.at);
        return;
      }
      case "step":
        this.turns.release(event.all);
        return;
      case "asked":
        if (this.timer.current?.why === "person") this.callMissing(event.answer, event.at);
        return;
      case "stop":
        this.leave("interrupted", event.at);
        return;
      default:
        assertNever(event);
    }
  }

  private bytes(connection: number, chunk: Uint8Array, at: number): void {
    const link = this.connections.get(connection);
    if (link === undefined) return;
    for (const item of link.receive(chunk, at)) {
      if (this.dialogue.receive(link, item, at)) this.pacing.progress(at);
      this.sendMade(link, at);
    }
  }

  /** What is made beside the plan goes no faster than the plan. */
  private sendMade(link: Link, at: number): StationWait | undefined {
    const { rateDue } = this.pacing;
    if (rateDue > at)
      return this.dialogue.made.isDue(link.step.connection) ? { why: "rate", due: rateDue } : undefined;
    if (this.dialogue.sendMade(link, at)) this.pacing.sent(at, true);
    return undefined;
  }

  // --- the plan -------------------------------------------------------------------------------------------

  private advance(at: number): void {
    for (let step = this.steps[this.next]; step !== undefined; step = this.steps[this.next]) {
      if (this.stopsAtFork(at)) return;
      const wait = this.attempt(step, at);
      if (wait !== undefined && wait.due > at) {
        this.timer.set(wait, at);
        return;
      }
      if (wait !== undefined) {
        this.over(wait, at);
        if (this.isEnding) return;
        continue;
      }
      this.stepped(step, at);
    }
    if (!this.stopsAtFork(at)) this.finish(at);
  }

  private stepped(step: PlanStep, at: number): void {
    this.next++;
    this.graceFrom = undefined;
    if (this.timer.current?.why === "person") this.timer.clear();
    this.pacing.stepped(step.at, at);
    if (this.next % stepsPerProgress === 0)
      this.output.report({ kind: "progress", done: this.next, of: this.steps.length });
  }

  private attempt(step: PlanStep, at: number): StationWait | undefined {
    const boot = this.boots.wait;
    if (boot !== undefined) return boot;
    switch (step.kind) {
      case "dial":
        return this.dial(step, at);
      case "call":
      case "other":
        return this.send(step, at);
      case "end":
        return this.end(step, at);
      default:
        return assertNever(step);
    }
  }

  /** What every step waits for at last: its recorded time, then the call that it follows from. */
  private gapOrCall(step: PlanStep, at: number): StationWait | undefined {
    const due = this.pacing.gapDue(step.at);
    if (due > at) return { why: "gap", due };
    const call = this.calls.waitOf(this.next, step, at);
    if (call?.said !== undefined) this.output.report(call.said);
    if (call === undefined) return undefined;
    // A person who was asked has all the time there is.
    if (this.timer.current?.why === "person") return this.timer.current;
    return { why: "call", due: call.due };
  }

  /** A wait came to its end in vain. */
  private over(wait: StationWait, at: number): void {
    this.timer.clear();
    switch (wait.why) {
      case "answer":
        this.pacing.waitedInVain();
        this.pacing.progress(at);
        this.boots.giveUp();
        this.output.note("gave-up", `gave up waiting for ${this.dialogue.giveUp()} answer(s)`);
        return;
      case "dial":
        this.pacing.hurry();
        this.finishIf(this.connections.abandonDials(at), at);
        return;
      case "grace":
        this.graceSpent = true;
        return;
      case "closing":
        this.closeSpent = true;
        this.connections.endClosing(at);
        return;
      case "call":
        this.callMissing(this.calls.policy, at);
        return;
      case "boot":
        this.boots.sendAgain(at);
        return;
      case "goodbye":
        this.dialogue.closing.giveUp();
        return;
      case "gap":
      case "rate":
      case "retry":
      case "step":
      case "person":
        return;
      default:
        assertNever(wait.why);
    }
  }

  private dial(step: DialStep, at: number): StationWait | undefined {
    const { pacing } = this;
    const link = this.connections.get(step.connection);
    if (link !== undefined)
      return link.state === "dialling" ? { why: "dial", due: pacing.dialDue(this.dialledAt) } : undefined;
    const { retryAt } = this.connections;
    if (retryAt > at) return { why: "retry", due: retryAt };
    const wait = this.gapOrCall(step, at);
    if (wait !== undefined) return wait;
    this.connections.dial(step);
    this.dialledAt = at;
    pacing.progress(at);
    return { why: "dial", due: pacing.dialDue(at) };
  }

  private send(step: CallStep | OtherStep, at: number): StationWait | undefined {
    const { dialogue, pacing } = this;
    const link = this.connections.get(step.connection);
    const skipped = this.calls.whySkipped(this.next);
    if (link?.state !== "open" || skipped !== undefined) {
      dialogue.unsent(this.next, step, skipped ?? "not sent: the connection was over", skipped === undefined);
      return undefined;
    }
    this.sendMade(link, at);
    if (step.kind === "call" && !pacing.isHurried && this.isHeld(step))
      return { why: "answer", due: pacing.answerDue };
    const wait = this.gapOrCall(step, at) ?? this.rate(step, at) ?? this.turns.wait(this.next, step);
    if (wait !== undefined) return wait;
    dialogue.send(link, this.next, step, at);
    pacing.sent(at, step.kind === "call");
    return undefined;
  }

  private rate(step: CallStep | OtherStep, at: number): StationWait | undefined {
    const { rateDue } = this.pacing;
    return step.kind === "call" && rateDue > at ? { why: "rate", due: rateDue } : undefined;
  }

  private isHeld(step: CallStep): boolean {
    const valuesOnly = this.pacing.options.pace === "asap";
    return (
      this.dialogue.own.isHeld(step, valuesOnly) ||
      (!valuesOnly && this.dialogue.made.isOpen(step.connection))
    );
  }

  private end(step: EndStep, at: number): StationWait | undefined {
    const { dialogue, pacing } = this;
    const link = this.connections.get(step.connection);
    if (link === undefined || link.state === "dead") return undefined;
    if (link.state === "closing") return this.closingWait();
    const isLast = this.next > this.lastSending;
    const made = this.sendMade(link, at);
    if (made !== undefined) return made;
    const isOwed = dialogue.own.isOwed(step.connection) || dialogue.made.isOpen(step.connection);
    if (isOwed && (isLast || !pacing.isHurried)) return { why: "answer", due: pacing.answerDue };
    const wait = this.gapOrCall(step, at);
    if (wait !== undefined) return wait;
    if (isLast && this.parting.closesTransactions(at)) return { why: "answer", due: pacing.answerDue };
    const mayComeYet = step.how.kind === "by-csms" || dialogue.csms.isExpecting(step.connection);
    this.graceFrom ??= at;
    if (mayComeYet && !this.graceSpent) return { why: "grace", due: pacing.graceDue(this.graceFrom) };
    link.endAs(step.how, at);
    if (step.how.kind === "reset") {
      dialogue.lose(link);
      return undefined;
    }
    this.graceFrom = at;
    return this.closingWait();
  }

  private closingWait(): StationWait {
    return { why: "closing", due: this.closeSpent ? 0 : this.pacing.graceDue(this.graceFrom ?? 0) };
  }

  // --- a call that stays out ------------------------------------------------------------------------------

  private callMissing(what: "send" | "skip" | "fail" | "ask", at: number): void {
    const step = this.steps[this.next];
    this.timer.clear();
    this.pacing.progress(at);
    const waiting = step === undefined ? undefined : this.calls.describe(this.next, step);
    if (waiting === undefined) return;
    if (what === "ask") {
      this.output.push({ kind: "ask", waiting });
      this.timer.set({ why: "person", due: Number.POSITIVE_INFINITY }, at);
      return;
    }
    const words = { send: "sent without it", skip: "left out", fail: "the run ends here" }[what];
    this.output.note("call-missing", `the CSMS did not call ${waiting.for}: ${waiting.because}: ${words}`);
    if (what === "send") this.calls.giveUp();
    else if (what === "skip") this.calls.skip(this.next);
    else this.fail(at);
  }

  // --- the end --------------------------------------------------------------------------------------------

  private stopsAtFork(at: number): boolean {
    const { onFork } = this.pacing.options.flow ?? usualFlow;
    if (onFork !== "stop" || this.output.tally.counts.forks === 0) return false;
    this.output.note(
      "stopped",
      `stopped at the fork; ${this.steps.length - this.next} step(s) were not done`,
    );
    this.fail(at);
    return true;
  }

  private fail(at: number): void {
    this.output.tally.fail();
    this.leave("fail", at);
  }

  private leave(word: EarlyEnd, at: number): void {
    if (!this.parting.leave(word, at)) this.goodbye(word, at);
  }

  private goodbye(word: EarlyEnd, at: number): void {
    this.connections.closeAll(at);
    this.conclude(word, "", at);
  }

  private finish(at: number): void {
    for (const link of this.connections.all) this.dialogue.lose(link);
    this.dialogue.tellMissing();
    this.conclude(this.output.tally.verdict, "", at);
  }

  /** Ends the run where there is a reason why there was no dialogue at all. */
  private finishIf(reason: string, at: number): void {
    if (reason === "") return;
    for (const link of this.connections.all) this.dialogue.lose(link);
    this.conclude("error", reason, at);
  }

  private conclude(verdict: ReplayVerdict | "interrupted", reason: string, at: number): void {
    this.finished = true;
    this.dialogue.tellOpen();
    for (const link of this.connections.all) link.recordClosed(at);
    this.timer.cancel();
    const { fingerprint, forks, values } = this.dialogue;
    const digests = { fingerprint: fingerprint.named, bytes: fingerprint.bytes };
    const { counts } = this.output.tally;
    const outcome = { verdict, reason, counts, forks: forks.counts, ...digests, ...values.left };
    this.output.push({ kind: "finish", outcome });
  }
}

/** Makes a station that follows a plan; it begins with the event `start`. */
export function createStation(options: StationOptions): Machine<StationEvent, StationCommand> {
  return new Station(options);
}
