// The messages of a run: the station's CALLs and the CSMS's answers, the CSMS's calls and the station's answers, and how
// all of them compare. The station decides when a message is sent.

import { type Ignores, nothingIgnored } from "../../analyse/compare/ignore-rules.js";
import { assertNever } from "../../base/assert-never.js";
import { utf8 } from "../../base/bytes.js";
import { plural } from "../../text/plural.js";
import { readCloseBody } from "../../wire/websocket/close-frame.js";
import { opcodes } from "../../wire/websocket/frame.js";
import { ownFrame } from "../plan/outgoing.js";
import type { CallStep, DialStep, OtherStep, Plan } from "../plan/plan.js";
import type { Compared, Fork } from "../protocol.js";
import {
  isReceivedAnswer,
  isReceivedCall,
  type ReceivedAnswer,
  type ReceivedCall,
  type ReceivedMessage,
} from "../received-message.js";
import { CsmsCalls } from "./calls/csms-calls.js";
import { type ExtraCallPurpose, ExtraCalls } from "./calls/extra-calls.js";
import { asSent, exchangeOf, type PreparedMessage, StationCalls } from "./calls/station-calls.js";
import { Forks } from "./forks.js";
import type { Link } from "./link/link.js";
import type { ReceivedItem } from "./link/received-stream.js";
import { Fingerprint, type Sha256 } from "./run/fingerprint.js";
import type { StationOutput } from "./run/station-output.js";
import { ClosingTransactions } from "./values/closing-transactions.js";
import { type ValueMaking, Values } from "./values/values.js";

/** The longest payload of a control frame, in bytes (RFC 6455 section 5.5). */
const longestControl = 125;

const closeWords = (payload: Uint8Array): string => {
  const { code, reason } = readCloseBody(payload);
  return `close ${code ?? "without a code"}${reason === "" ? "" : ` ${reason}`}`;
};

/** What a dialogue is made with. */
export interface DialogueMaking {
  readonly sha256: Sha256;
  readonly making?: ValueMaking | undefined;
  readonly ignores?: Ignores;
}

/** Takes the answer to a boot, and the step of the boot. */
export type BootAnswered = (step: number, answer: ReceivedAnswer) => void;

/** The dialogue of a run, over all its connections. */
export class Dialogue {
  readonly calls: StationCalls;
  readonly csmsCalls: CsmsCalls;
  readonly extra: ExtraCalls;
  readonly forks: Forks;
  readonly fingerprint: Fingerprint;
  readonly values: Values;
  readonly closing: ClosingTransactions;
  /** Called for each answer to a boot that differs from the recorded one, and for each answer to an extra boot. */
  bootAnswered: BootAnswered = () => undefined;
  private readonly plan: Plan;
  private readonly output: StationOutput;
  /** The step after the last one that was sent. */
  private next = 0;
  /** The step of the boot that is sent again. */
  private boot = 0;
  /** Slots whose recorded values were sent, because the CSMS has handed out none in this run. */
  private readonly unlearned = new Set<number>();

  constructor(
    plan: Plan,
    output: StationOutput,
    { sha256, making, ignores = nothingIgnored }: DialogueMaking,
  ) {
    this.plan = plan;
    this.forks = new Forks(plan);
    this.values = new Values(plan, making);
    this.extra = new ExtraCalls((connection, name) => this.values.extraId(connection, name));
    this.calls = new StationCalls(plan, this.values, ignores);
    this.csmsCalls = new CsmsCalls(plan, this.values, ignores);
    this.closing = new ClosingTransactions(plan, this.values);
    this.fingerprint = new Fingerprint(sha256);
    this.output = output;
  }

  /** Sends the message of a step. */
  send(link: Link, index: number, step: CallStep | OtherStep, atNs: number): void {
    this.values.atNs = atNs;
    const prepared = this.calls.prepare(step);
    this.write(link, "calls", prepared, atNs);
    if (step.kind === "call") this.noteUnlearned(step);
    this.next = index + 1;
    const sending = { atNs, text: prepared.text };
    if (step.kind === "call" && step.type === "CALL") this.calls.sent(index, step, sending);
    else this.output.report(asSent(step, exchangeOf(index, step, sending)));
    if (step.kind === "call") this.closing.sent(index, step, prepared.text ?? "");
  }

  /** Stops the transactions that this run opened and did not stop; gives whether there were any. */
  closeTransactions(all: Iterable<Link>, atNs: number): boolean {
    this.values.atNs = atNs;
    const links = [...all].filter((link) => link.state === "open");
    const messages = this.closing.messages(links.map((link) => link.step.connection));
    for (const { connection, text, what } of messages) {
      const bytes = ownFrame(opcodes.text, utf8(text));
      links.find((link) => link.step.connection === connection)?.write(bytes, atNs);
      this.fingerprint.addBytes("calls", bytes);
      this.output.note(
        "closed-transaction",
        `${what} is still open at the end of the run; the replay stops it`,
      );
    }
    return messages.length > 0;
  }

  /** Queues a copy of a step's message as an extra CALL. */
  addExtra(connection: number, index: number, what: ExtraCallPurpose, idle = false): void {
    const step = this.plan.steps[index];
    if (step?.kind !== "call") return;
    if (what === "boot") this.boot = index;
    this.extra.add(connection, what, this.calls.prepare(step).bytes, idle);
  }

  /** Sends an extra CALL if no CALL of the plan is open on the connection; gives whether one was sent. */
  sendExtra(link: Link, atNs: number): boolean {
    const { connection } = link.step;
    if (link.state !== "open" || this.calls.isAwaiting(connection)) return false;
    const bytes = this.extra.take(connection);
    // The fingerprint leaves it out, because it depends on what the CSMS did.
    if (bytes !== undefined) link.write(bytes, atNs);
    return bytes !== undefined;
  }

  /** Reports that a step was not done; `owed`: that fails the run. */
  unsent(index: number, step: CallStep | OtherStep, why: string, owed: boolean): void {
    const exchange = exchangeOf(index, step, { atNs: null, text: undefined });
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    const base = { kind: "compared", result: "missing", direction: "cp-to-csms" } as const;
    this.report({ ...base, connection, type, action, id, differences: [], why, exchange }, owed);
  }

  /** Stops waiting for all answers; gives how many were waited for. */
  giveUp(): number {
    for (const index of this.calls.awaitedSteps) this.fork(index, undefined);
    return this.extra.giveUp() + this.calls.giveUp() + this.closing.giveUp();
  }

  /** Reports what the recording has and the run did not have. */
  reportMissing(): void {
    for (const compared of this.csmsCalls.missing()) this.report(compared);
    this.output.unmet();
  }

  /** Reports how the status of an upgrade compares with a recorded refusal. */
  upgradeCompared(step: DialStep, recorded: number, live: number): void {
    const { connection } = step;
    const same = recorded === live;
    const difference = {
      pointer: "/status",
      recorded: `${recorded}`,
      live: `${live}`,
      why: "different",
    } as const;
    const base = {
      kind: "compared",
      connection,
      direction: "csms-to-cp",
      type: "upgrade",
      action: null,
      id: null,
    } as const;
    const result = same ? "equal" : "different";
    this.output.compared({ ...base, result, differences: same ? [] : [difference], why: "" });
  }

  /** Notes which transactions stay open although the replay should stop them. */
  noteOpenTransactions(): void {
    for (const what of this.closing.left)
      this.output.note("open-transaction", `${what} stays open: no connection is left to stop it on`);
  }

  /** Notes once for each value that this CSMS has not handed it out, so that it may mean something else there. */
  private noteUnlearned({ uses, out }: CallStep): void {
    for (const { slot, offset, length } of uses) {
      if (this.values.liveValue(slot) !== undefined || this.unlearned.has(slot)) continue;
      this.unlearned.add(slot);
      const recorded = out.text?.slice(offset, offset + length) ?? "";
      const name = this.plan.slots[slot]?.name ?? "";
      this.output.note(
        "not-handed-out",
        `the CSMS has handed out no value for ${name} in this run; the recorded ${recorded} is sent, which may belong to something else there`,
      );
    }
  }

  /** Notes that the CSMS ended a connection before all of its steps were done. */
  endedByCsms({ state, step: { connection } }: Link, how: string): void {
    if (state !== "open") return;
    const left = this.plan.steps.filter(
      ({ kind, connection: its }, index) => index >= this.next && its === connection && kind !== "end",
    ).length;
    if (left === 0 && !this.calls.isAwaiting(connection)) return;
    this.output.note(
      "ended-early",
      `the CSMS ended connection ${connection} (${how}) with ${left === 0 ? "an answer missing" : `${plural(left, "step")} not done`}`,
    );
  }

  /** Takes one thing that the CSMS sent; gives whether it is an answer that something waited for. */
  receive(link: Link, item: ReceivedItem, atNs: number): boolean {
    // What comes after the end is in the transcript; the comparison is over.
    if (link.state === "dead") return false;
    this.values.atNs = atNs;
    switch (item.kind) {
      case "message":
        return this.message(link, item.message);
      case "not-text": {
        const { connection } = link.step;
        this.report(this.csmsCalls.receiveStray({ connection, text: undefined, atNs }));
        return false;
      }
      case "ping":
        if (link.state === "open" && item.payload.length <= longestControl)
          link.write(ownFrame(opcodes.pong, item.payload), atNs);
        return false;
      case "close":
        this.endedByCsms(link, closeWords(item.payload));
        if (link.state === "open")
          link.write(ownFrame(opcodes.close, item.payload.subarray(0, longestControl)), atNs);
        link.endOurs(atNs);
        this.dropLink(link);
        return false;
      case "left-out":
        this.output.note(item.code, item.reason);
        return false;
      default:
        return assertNever(item);
    }
  }

  private message(link: Link, message: ReceivedMessage): boolean {
    if (isReceivedAnswer(message)) return this.answered(message);
    if (isReceivedCall(message)) this.called(link, message);
    else this.report(this.csmsCalls.receiveStray(message));
    return false;
  }

  private called(link: Link, call: ReceivedCall): void {
    const maySendExtra = link.state === "open" && this.extra.mayAdd;
    const answered = this.csmsCalls.receive(call, { next: this.next, maySendExtra });
    this.report(answered.compared);
    if (answered.unfulfilled) this.output.tally.unfulfilled();
    if (answered.reply !== undefined && link.state === "open")
      this.write(link, "answers", answered.reply, call.atNs);
    const { triggered } = answered;
    if (triggered !== undefined) this.sendRequested(call.connection, triggered.step, triggered.idle);
  }

  /** Sends a message that the CSMS has asked for and that the plan does not have at this place. */
  private sendRequested(connection: number, index: number, idle: boolean): void {
    const step = this.plan.steps[index];
    if (step?.kind !== "call") return;
    this.extra.countRequest();
    // Asking for a boot is how a CSMS ends the wait of a pending one (2.x B02).
    const isBoot = step.action === "BootNotification" && this.forks.isBootOpen;
    this.addExtra(connection, index, isBoot ? "boot" : "trigger", idle);
    this.output.note("made", `an extra ${step.action} is sent, because the CSMS asks for it`);
  }

  private answered(answer: ReceivedAnswer): boolean {
    if (this.closed(answer)) return true;
    const what = this.extra.answered(answer.connection, answer.envelope.id);
    if (what !== undefined) {
      if (what === "boot") this.bootAnswered(this.boot, answer);
      return what === "boot";
    }
    const { compared, awaited, step } = this.calls.answer(answer);
    if (step !== undefined) this.closing.answered(step, answer);
    const fork = step === undefined ? undefined : this.fork(step, answer);
    this.report(compared);
    if (fork !== undefined && step !== undefined && fork.action === "BootNotification")
      this.bootAnswered(step, answer);
    return awaited;
  }

  /** Takes the answer to a message that stopped a transaction; gives whether it was one. */
  private closed({ envelope }: ReceivedAnswer): boolean {
    const closed = this.closing.take(envelope.id);
    if (closed !== undefined && envelope.kind === "call-error")
      this.output.note("closed-transaction", `the CSMS refused to stop ${closed.what}: ${envelope.code}`);
    return closed !== undefined;
  }

  private fork(step: number, answer: ReceivedAnswer | undefined): Fork | undefined {
    const fork = this.forks.answer(step, answer);
    if (fork !== undefined) this.output.fork(fork);
    return fork;
  }

  private report(compared: Compared, owed = false): void {
    this.output.compared(this.forks.assigned(compared), owed);
  }

  /** A connection is over: reports the answers that can no longer come. */
  dropLink(link: Link): void {
    link.state = "dead";
    const { connection } = link.step;
    this.extra.dropConnection(connection);
    for (const sent of this.calls.unanswered(connection)) this.output.report(sent);
    for (const compared of this.calls.dropConnection(connection)) {
      const step = compared.exchange?.step;
      if (step !== undefined) this.fork(step, undefined);
      this.report(compared, true);
    }
  }

  private write(link: Link, stream: "calls" | "answers", prepared: PreparedMessage, atNs: number): void {
    this.fingerprint.add(stream, prepared.named, prepared.bytes);
    link.write(prepared.bytes, atNs);
  }
}
