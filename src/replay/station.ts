// The simulated charge point as a machine: follows its plan step by step, answers the CSMS, compares, and ends
// with a verdict. All transitions of a run stand in this file; it sees time only in its events.
//
//   dial -> dialled -> (call | other)* -> end -> ended -> dial ... -> finish
//
// Rules of this file: steps are done in the plan's order and one at a time; the step at the front waits for
// its hard causes only (design section 6); every wait has an end, so a run always comes to a verdict.

import { assertNever } from "../base/assert-never.js";
import { toBase64 } from "../base/base64.js";
import { noBytes, utf8 } from "../base/bytes.js";
import type { Machine } from "../base/machine.js";
import type { StoredHead } from "../cassette/entry.js";
import { fieldValue, parseHead } from "../wire/head.js";
import { Dialogue } from "./dialogue.js";
import type { Sha256 } from "./fingerprint.js";
import { type Judgement, plainJudgement } from "./judgement.js";
import { Link } from "./link.js";
import { Pacing, type PacingOptions } from "./pacing.js";
import type { CallStep, DialStep, EndStep, OtherStep, Plan, Step } from "./plan.js";
import type { StationCommand, StationEvent, Verdict } from "./protocol.js";
import { StationOutput } from "./station-output.js";
import { httpDateMs } from "./times.js";
import { type DialTarget, upgradeRequest } from "./upgrade.js";
import type { ValueOptions } from "./value-options.js";
import { asRecorded } from "./values.js";

/** What a station is given. */
export interface StationOptions extends PacingOptions {
  readonly plan: Plan;
  readonly target: DialTarget;
  /** Frames of the CSMS with a larger payload are left out, in octets. */
  readonly maxFrame: number;
  readonly sha256: Sha256;
  /** What must not count, and what is known to fail; nothing where it is absent. */
  readonly judgement?: Judgement | undefined;
  /** Takes the secrets out of a head before it is recorded. */
  readonly hideSecrets: (head: Uint8Array) => StoredHead;
  /** How values are made; everything as recorded unless given. */
  readonly values?: ValueOptions | undefined;
}

/** Why the step at the front waits, and until when. */
interface Wait {
  readonly why: "answer" | "dial" | "retry" | "gap" | "grace" | "closing" | "goodbye";
  readonly due: number;
}

/** How long an interrupted run waits for the answers to what ends its transactions, at most. */
const goodbyeMs = 5000;
const longestTimerMs = 2 ** 31 - 1;
const stepsPerProgress = 100;

/** How often, and how long at most, a CSMS that asks for patience is given it. */
const mostRetries = 5;
const longestRetryMs = 300_000;
const busy: readonly (number | null)[] = [429, 503];

class Station implements Machine<StationEvent, StationCommand> {
  private readonly options: StationOptions;
  private readonly steps: readonly Step[];
  private readonly dialogue: Dialogue;
  private readonly pacing: Pacing;
  private readonly output: StationOutput;
  private readonly links = new Map<number, Link>();
  /** The last step that is not the end of a connection. */
  private readonly lastSending: number;
  private next = 0;
  private opened = 0;
  private dialledAt = 0;
  /** How often the CSMS asked to be dialled again later, and when that is. */
  private retries = 0;
  private retryAt = 0;
  private wait: Wait | undefined;
  private timer = 0;
  /** When the end step at the front began to wait for the CSMS. */
  private graceFrom: number | undefined;
  private graceSpent = false;
  private closeSpent = false;
  /** A person wants it to end, and what ends its transactions waits for its answers. */
  private stopping = false;
  private finished = false;

  constructor(options: StationOptions) {
    this.options = options;
    this.steps = options.plan.steps;
    const judgement = options.judgement ?? plainJudgement;
    this.output = new StationOutput(judgement);
    const { plan, sha256, target, values = asRecorded } = options;
    const identity = target.identity ?? plan.identity;
    const making = { options: values, sha256, identity };
    this.dialogue = new Dialogue(plan, this.output, { sha256, making, ignores: judgement.ignores });
    this.pacing = new Pacing(options);
    this.lastSending = this.steps.findLastIndex((step) => step.kind !== "end");
  }

  handle(event: StationEvent): readonly StationCommand[] {
    if (!this.finished) this.take(event);
    if (this.stopping && !this.finished && !this.dialogue.closing.isOwed) this.goodbye(event.at);
    if (!this.finished && !this.stopping) this.advance(event.at);
    return this.output.take();
  }

  private take(event: StationEvent): void {
    switch (event.kind) {
      case "start":
        this.pacing.progress(event.at);
        for (const note of this.options.plan.notes) this.output.note("left-out", note);
        return;
      case "dialled":
        this.dialled(event.connection, event.head, event.at);
        return;
      case "refused":
        this.refused(event);
        return;
      case "bytes":
        this.bytes(event.connection, event.chunk, event.at);
        return;
      case "ended":
        this.ended(event.connection, event.how, event.at);
        return;
      case "timer":
        if (event.id === `wait-${this.timer}` && this.wait !== undefined) this.waited(this.wait, event.at);
        return;
      case "stop":
        this.stop(event.at);
        return;
      default:
        assertNever(event);
    }
  }

  // --- the plan -------------------------------------------------------------------------------------------

  private advance(at: number): void {
    for (let step = this.steps[this.next]; step !== undefined; step = this.steps[this.next]) {
      const wait = this.attempt(step, at);
      if (wait !== undefined && wait.due > at) {
        this.setTimer(wait, at);
        return;
      }
      if (wait !== undefined) {
        this.over(wait, at);
        if (this.finished) return;
        continue;
      }
      this.next++;
      this.graceFrom = undefined;
      this.pacing.stepped(step.at, at);
      if (this.next % stepsPerProgress === 0)
        this.output.report({ kind: "progress", done: this.next, of: this.steps.length });
    }
    this.finish("", at);
  }

  private attempt(step: Step, at: number): Wait | undefined {
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

  private gap(step: Step, at: number): Wait | undefined {
    const due = this.pacing.gapDue(step.at);
    return due > at ? { why: "gap", due } : undefined;
  }

  private setTimer(wait: Wait, at: number): void {
    if (this.wait?.why === wait.why && this.wait.due === wait.due) return;
    this.wait = wait;
    this.timer++;
    const ms = Math.min(longestTimerMs, Math.max(0, Math.ceil((wait.due - at) / 1e6)));
    this.output.push({ kind: "timer", id: `wait-${this.timer}`, ms });
  }

  private waited(wait: Wait, at: number): void {
    this.wait = undefined;
    // A timer may fire a little early, and is set anew then; a gap may be longer than any timer.
    if (wait.due <= at) this.over(wait, at);
  }

  /** A wait came to its end in vain. */
  private over(wait: Wait, at: number): void {
    this.wait = undefined;
    switch (wait.why) {
      case "answer":
        this.pacing.waitedInVain();
        this.pacing.progress(at);
        this.output.note("gave-up", `gave up waiting for ${this.dialogue.giveUp()} answer(s)`);
        return;
      case "dial":
        this.pacing.hurry();
        this.abandonDial(at);
        return;
      case "grace":
        this.graceSpent = true;
        return;
      case "closing":
        this.closeSpent = true;
        this.endClosing(at);
        return;
      case "goodbye":
        this.goodbye(at);
        return;
      case "gap":
      case "retry":
        return;
      default:
        assertNever(wait.why);
    }
  }

  private dial(step: DialStep, at: number): Wait | undefined {
    const { pacing } = this;
    const link = this.links.get(step.connection);
    if (link !== undefined)
      return link.state === "dialling" ? { why: "dial", due: pacing.dialDue(this.dialledAt) } : undefined;
    if (this.retryAt > at) return { why: "retry", due: this.retryAt };
    const gap = this.gap(step, at);
    if (gap !== undefined) return gap;
    const { target, sha256, hideSecrets } = this.options;
    const key = toBase64(utf8(sha256(utf8(`${step.identity} ${step.connection}`)).slice(0, 16)));
    const { head, notes } = upgradeRequest(step, target, key);
    for (const note of notes) this.output.note("upgrade", note);
    const identity = target.identity ?? step.identity;
    this.links.set(step.connection, new Link(step, identity, hideSecrets(head), this.output));
    this.output.push({ kind: "dial", connection: step.connection, head });
    this.dialledAt = at;
    pacing.progress(at);
    return { why: "dial", due: pacing.dialDue(at) };
  }

  private send(step: CallStep | OtherStep, at: number): Wait | undefined {
    const link = this.links.get(step.connection);
    if (link?.state !== "open") {
      this.dialogue.unsent(this.next, step, "not sent: the connection was over");
      return undefined;
    }
    const { pace } = this.options;
    if (step.kind === "call" && !this.pacing.isHurried && this.dialogue.own.isHeld(step, pace === "asap"))
      return { why: "answer", due: this.pacing.answerDue };
    const gap = this.gap(step, at);
    if (gap !== undefined) return gap;
    if (step.kind === "call" && this.pacing.rateDue > at) return { why: "gap", due: this.pacing.rateDue };
    this.dialogue.send(link, this.next, step, at);
    this.pacing.sent(at, step.kind === "call");
    return undefined;
  }

  private end(step: EndStep, at: number): Wait | undefined {
    const link = this.links.get(step.connection);
    if (link === undefined || link.state === "dead") return undefined;
    if (link.state === "closing") return this.closingWait();
    const { pacing } = this;
    const isLast = this.next > this.lastSending;
    if (this.dialogue.own.isOwed(step.connection) && (isLast || !pacing.isHurried))
      return { why: "answer", due: pacing.answerDue };
    const gap = this.gap(step, at);
    if (gap !== undefined) return gap;
    if (isLast && this.closesTransactions(at)) return { why: "answer", due: pacing.answerDue };
    const mayComeYet = step.how.kind === "by-csms" || this.dialogue.csms.isExpecting(step.connection);
    this.graceFrom ??= at;
    if (mayComeYet && !this.graceSpent) return { why: "grace", due: pacing.graceDue(this.graceFrom) };
    link.endAs(step.how, at);
    if (step.how.kind === "reset") {
      this.dialogue.lose(link);
      return undefined;
    }
    this.graceFrom = at;
    return this.closingWait();
  }

  /** At the end of the plan: ends what is open, once, and tells whether answers to that are waited for. */
  private closesTransactions(at: number): boolean {
    if (this.dialogue.closeTransactions(this.links.values(), at)) this.pacing.sent(at);
    return this.dialogue.closing.isOwed;
  }

  private closingWait(): Wait {
    return { why: "closing", due: this.closeSpent ? 0 : this.pacing.graceDue(this.graceFrom ?? 0) };
  }

  // --- the connections ------------------------------------------------------------------------------------

  private dialled(connection: number, head: Uint8Array, at: number): void {
    const link = this.links.get(connection);
    if (link?.state !== "dialling") return;
    this.pacing.progress(at);
    this.opened++;
    this.retries = 0;
    this.dialogue.values.hearHead(httpDateMs(fieldValue(parseHead(head), "date") ?? ""));
    link.open(this.opened, this.options.hideSecrets(head), at, this.options.maxFrame);
    if (link.step.refusal === undefined) return;
    this.dialogue.upgradeCompared(link.step, link.step.refusal, 101);
    link.closeOurs(at);
    link.endOurs(at);
    this.dialogue.lose(link);
  }

  private refused(event: StationEvent & { readonly kind: "refused" }): void {
    const link = this.links.get(event.connection);
    if (link?.state !== "dialling") return;
    link.refuse(event, event.head === null ? null : this.options.hideSecrets(event.head));
    const { refusal } = link.step;
    if (event.status !== null && refusal !== undefined)
      this.dialogue.upgradeCompared(link.step, refusal, event.status);
    else if (this.isToRetry(event)) this.links.delete(event.connection);
    else if (this.opened === 0) this.finish(event.reason, event.at);
    else this.output.note("refused", `the CSMS did not accept the connection: ${event.reason}`);
  }

  /** Whether the CSMS shall be dialled again when the time that it asked for is over. */
  private isToRetry({ status, retryAfterMs, at }: StationEvent & { readonly kind: "refused" }): boolean {
    if (retryAfterMs === undefined || !busy.includes(status) || this.retries >= mostRetries) return false;
    if (retryAfterMs > longestRetryMs) return false;
    this.retries++;
    this.retryAt = at + retryAfterMs * 1e6;
    const seconds = Math.ceil(retryAfterMs / 1000);
    this.output.note(
      "retry",
      `the CSMS answered ${status} and asks to come back in ${seconds} s; it is waited for`,
    );
    return true;
  }

  private abandonDial(at: number): void {
    const reason = "the upgrade was not answered in time";
    for (const [connection, link] of this.links) {
      if (link.state !== "dialling") continue;
      this.output.push({ kind: "reset", connection });
      this.refused({
        kind: "refused",
        connection,
        at,
        by: "network",
        status: null,
        reason,
        head: null,
        body: noBytes,
      });
    }
  }

  private bytes(connection: number, chunk: Uint8Array, at: number): void {
    const link = this.links.get(connection);
    if (link === undefined) return;
    for (const item of link.receive(chunk, at))
      if (this.dialogue.hear(link, item, at)) this.pacing.progress(at);
  }

  private ended(connection: number, how: "end" | "reset", at: number): void {
    const link = this.links.get(connection);
    if (link === undefined || !link.wasOpen) return;
    link.endTheirs(how, at);
    this.dialogue.lose(link);
  }

  private endClosing(at: number): void {
    for (const link of this.links.values()) {
      if (link.state !== "closing") continue;
      link.endOurs(at);
      link.recordClosed(at);
      this.dialogue.lose(link);
    }
  }

  // --- the end --------------------------------------------------------------------------------------------

  /** Ends the run; a reason says why there was no dialogue at all. */
  private finish(reason: string, at: number): void {
    for (const link of this.links.values()) this.dialogue.lose(link);
    if (reason !== "") {
      this.conclude("error", reason, at);
      return;
    }
    for (const compared of this.dialogue.csms.missing()) this.output.compared(compared);
    this.output.unmet();
    this.conclude(this.output.tally.verdict, "", at);
  }

  private stop(at: number): void {
    if (!this.stopping && this.dialogue.closeTransactions(this.links.values(), at)) {
      this.stopping = true;
      const ms = Math.min(goodbyeMs, this.options.timeoutMs);
      this.setTimer({ why: "goodbye", due: at + ms * 1e6 }, at);
      return;
    }
    this.goodbye(at);
  }

  private goodbye(at: number): void {
    for (const link of this.links.values()) {
      if (link.state === "open") link.closeOurs(at);
      link.endOurs(at);
    }
    this.conclude("interrupted", "", at);
  }

  private conclude(verdict: Verdict | "interrupted", reason: string, at: number): void {
    this.finished = true;
    this.dialogue.tellOpen();
    for (const link of this.links.values()) link.recordClosed(at);
    if (this.wait !== undefined) this.output.push({ kind: "cancel", id: `wait-${this.timer}` });
    const { named, octets } = this.dialogue.fingerprint;
    const { counts } = this.output.tally;
    this.output.push({
      kind: "finish",
      outcome: { verdict, reason, counts, fingerprint: named, bytes: octets, ...this.dialogue.values.left },
    });
  }
}

/** Makes a station that follows a plan; it begins with the event `start`. */
export function createStation(options: StationOptions): Machine<StationEvent, StationCommand> {
  return new Station(options);
}
