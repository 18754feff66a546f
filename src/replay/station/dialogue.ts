// What is said on the connections of a run: the station's CALLs and the CSMS's answers, the CSMS's calls and the
// station's, and how all of it compares. When something is sent is the station's decision.

import { type Ignores, nothingIgnored } from "../../analyse/compare/ignore-rules.js";
import { assertNever } from "../../base/assert-never.js";
import { utf8 } from "../../base/bytes.js";
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
import { MadeCalls, type MadeFor } from "./calls/made-calls.js";
import { asSent, exchangeOf, OwnCalls, type PreparedMessage } from "./calls/own-calls.js";
import { Forks } from "./forks.js";
import type { Link } from "./link/link.js";
import type { ReceivedItem } from "./link/received-stream.js";
import { Fingerprint, type Sha256 } from "./run/fingerprint.js";
import type { StationOutput } from "./run/station-output.js";
import { ClosingTransactions } from "./values/closing-transactions.js";
import { type ValueMaking, Values } from "./values/values.js";

/** The most that a control frame may carry (RFC 6455 section 5.5). */
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
/** What the station has to know of an answer to a boot. */
export type BootAnswered = (step: number, answer: ReceivedAnswer) => void;

/** The dialogue of a run, over all its connections. */
export class Dialogue {
  readonly own: OwnCalls;
  readonly csms: CsmsCalls;
  readonly made: MadeCalls;
  readonly forks: Forks;
  readonly fingerprint: Fingerprint;
  readonly values: Values;
  readonly closing: ClosingTransactions;
  /** Called for each boot that is answered otherwise than recorded, and for each that was sent again. */
  bootAnswered: BootAnswered = () => undefined;
  private readonly plan: Plan;
  private readonly output: StationOutput;
  /** The step behind the last one that was sent. */
  private next = 0;
  /** The boot that is sent again. */
  private boot = 0;
  /** Slots whose recorded values were sent, because this run has no others. */
  private readonly strangers = new Set<number>();

  constructor(
    plan: Plan,
    output: StationOutput,
    { sha256, making, ignores = nothingIgnored }: DialogueMaking,
  ) {
    this.plan = plan;
    this.forks = new Forks(plan);
    this.values = new Values(plan, making);
    this.made = new MadeCalls((connection, name) => this.values.madeId(connection, name));
    this.own = new OwnCalls(plan, this.values, ignores);
    this.csms = new CsmsCalls(plan, this.values, ignores);
    this.closing = new ClosingTransactions(plan, this.values);
    this.fingerprint = new Fingerprint(sha256);
    this.output = output;
  }

  /** Sends the message of a step. */
  send(link: Link, index: number, step: CallStep | OtherStep, at: number): void {
    this.values.at = at;
    const prepared = this.own.prepare(step);
    this.write(link, "calls", prepared, at);
    if (step.kind === "call") this.tellStrangers(step);
    this.next = index + 1;
    const sending = { at, text: prepared.text };
    if (step.kind === "call" && step.type === "CALL") this.own.sent(index, step, sending);
    else this.output.report(asSent(step, exchangeOf(index, step, sending)));
    if (step.kind === "call") this.closing.sent(index, step, prepared.text ?? "");
  }

  /** Sends what ends the transactions that this run opened and nobody stopped; tells whether there were any. */
  closeTransactions(all: Iterable<Link>, at: number): boolean {
    this.values.at = at;
    const links = [...all].filter((link) => link.state === "open");
    const messages = this.closing.messages(links.map((link) => link.step.connection));
    for (const { connection, text, what } of messages) {
      const bytes = ownFrame(opcodes.text, utf8(text));
      links.find((link) => link.step.connection === connection)?.write(bytes, at);
      this.fingerprint.addBytes("calls", bytes);
      this.output.note("closed-transaction", `${what} would stay open; this replay ends it`);
    }
    return messages.length > 0;
  }

  /** Makes a copy of a step's message, to be sent beside the plan. */
  make(connection: number, index: number, what: MadeFor, idle = false): void {
    const step = this.plan.steps[index];
    if (step?.kind !== "call") return;
    if (what === "boot") this.boot = index;
    this.made.add(connection, what, this.own.prepare(step).bytes, idle);
  }

  /** Sends what was made, when nothing of the plan is open on the connection; tells whether there was any. */
  sendMade(link: Link, at: number): boolean {
    const { connection } = link.step;
    if (link.state !== "open" || this.own.isOwed(connection)) return false;
    const bytes = this.made.take(connection);
    // What was made is no part of the named fingerprint: it hangs on what the CSMS did.
    if (bytes !== undefined) link.write(bytes, at);
    return bytes !== undefined;
  }

  /** Tells that a step was not done; `owed`: that fails the run. */
  unsent(index: number, step: CallStep | OtherStep, why: string, owed: boolean): void {
    const exchange = exchangeOf(index, step, { at: null, text: undefined });
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    const base = { kind: "compared", result: "missing", direction: "cp-to-csms" } as const;
    this.tell({ ...base, connection, type, action, id, differences: [], why, exchange }, owed);
  }

  /** Stops waiting for all answers; gives their number. */
  giveUp(): number {
    for (const index of this.own.awaitedSteps) this.fork(index, undefined);
    return this.made.giveUp() + this.own.giveUp() + this.closing.giveUp();
  }

  /** Tells what the recording has and the run had not. */
  tellMissing(): void {
    for (const compared of this.csms.missing()) this.tell(compared);
    this.output.unmet();
  }

  /** Compares the status of an upgrade with the one of a recorded refusal. */
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

  /** Tells which transactions stay open although they should not. */
  tellOpen(): void {
    for (const what of this.closing.left)
      this.output.note("open-transaction", `${what} is left open: nothing can be sent any more`);
  }

  /** Values that this CSMS never handed out may mean something else to it: that is said, once for each. */
  private tellStrangers({ uses, out }: CallStep): void {
    for (const { slot, offset, length } of uses) {
      if (this.values.live(slot) !== undefined || this.strangers.has(slot)) continue;
      this.strangers.add(slot);
      const recorded = out.text?.slice(offset, offset + length) ?? "";
      const name = this.plan.slots[slot]?.name ?? "";
      this.output.note(
        "not-handed-out",
        `the CSMS has handed out no value for ${name} in this run; the recorded ${recorded} is sent, which may be somebody else's there`,
      );
    }
  }

  /** Tells that the CSMS ended a connection on which more was to be said. */
  endedByCsms({ state, step: { connection } }: Link, how: string): void {
    if (state !== "open") return;
    const left = this.plan.steps.filter(
      ({ kind, connection: its }, index) => index >= this.next && its === connection && kind !== "end",
    ).length;
    if (left === 0 && !this.own.isOwed(connection)) return;
    const steps = `${left} step${left === 1 ? "" : "s"}`;
    this.output.note(
      "ended-early",
      `the CSMS ended connection ${connection} (${how}) with ${steps} of it to go`,
    );
  }

  /** Takes one thing that the CSMS sent; gives whether it is an answer that something waited for. */
  receive(link: Link, item: ReceivedItem, at: number): boolean {
    // What comes after the end is in the transcript; the comparison is over.
    if (link.state === "dead") return false;
    this.values.at = at;
    switch (item.kind) {
      case "message":
        return this.message(link, item.message);
      case "not-text": {
        const { connection } = link.step;
        this.tell(this.csms.takeStray({ connection, text: undefined, atNs: at }));
        return false;
      }
      case "ping":
        if (link.state === "open" && item.payload.length <= longestControl)
          link.write(ownFrame(opcodes.pong, item.payload), at);
        return false;
      case "close":
        this.endedByCsms(link, closeWords(item.payload));
        if (link.state === "open")
          link.write(ownFrame(opcodes.close, item.payload.subarray(0, longestControl)), at);
        link.endOurs(at);
        this.lose(link);
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
    else this.tell(this.csms.takeStray(message));
    return false;
  }

  private called(link: Link, call: ReceivedCall): void {
    const mayAsk = link.state === "open" && this.made.isWilling;
    const answered = this.csms.take(call, { next: this.next, mayAsk });
    this.tell(answered.compared);
    if (answered.unfulfilled) this.output.tally.unfulfilled();
    if (answered.reply !== undefined && link.state === "open")
      this.write(link, "answers", answered.reply, call.atNs);
    const { triggered } = answered;
    if (triggered !== undefined) this.promised(call.connection, triggered.step, triggered.idle);
  }

  /** The CSMS was promised a message that the plan does not have here. */
  private promised(connection: number, index: number, idle: boolean): void {
    const step = this.plan.steps[index];
    if (step?.kind !== "call") return;
    this.made.wasAsked();
    // A boot that the CSMS asks for is how it ends the time of a pending one (2.x B02).
    const isBoot = step.action === "BootNotification" && this.forks.isBootOpen;
    this.make(connection, index, isBoot ? "boot" : "trigger", idle);
    this.output.note("made", `a ${step.action} is sent beside the plan, because the CSMS asks for it`);
  }

  private answered(answer: ReceivedAnswer): boolean {
    if (this.closed(answer)) return true;
    const what = this.made.answered(answer.connection, answer.envelope.id);
    if (what !== undefined) {
      if (what === "boot") this.bootAnswered(this.boot, answer);
      return what === "boot";
    }
    const { compared, awaited, step } = this.own.answer(answer);
    if (step !== undefined) this.closing.answered(step, answer);
    const fork = step === undefined ? undefined : this.fork(step, answer);
    this.tell(compared);
    if (fork !== undefined && step !== undefined && fork.action === "BootNotification")
      this.bootAnswered(step, answer);
    return awaited;
  }

  /** Takes the answer to a message that ended a transaction; gives whether it was one. */
  private closed({ envelope }: ReceivedAnswer): boolean {
    const closed = this.closing.take(envelope.id);
    if (closed !== undefined && envelope.kind === "call-error")
      this.output.note("closed-transaction", `the CSMS refused to end ${closed.what}: ${envelope.code}`);
    return closed !== undefined;
  }

  private fork(step: number, answer: ReceivedAnswer | undefined): Fork | undefined {
    const fork = this.forks.answer(step, answer);
    if (fork !== undefined) this.output.fork(fork);
    return fork;
  }

  private tell(compared: Compared, owed = false): void {
    this.output.compared(this.forks.placed(compared), owed);
  }

  /** Nothing more can be sent, and no answers come; what was owed is missing. */
  lose(link: Link): void {
    link.state = "dead";
    const { connection } = link.step;
    this.made.lose(connection);
    for (const sent of this.own.unanswered(connection)) this.output.report(sent);
    for (const compared of this.own.lose(connection)) {
      const step = compared.exchange?.step;
      if (step !== undefined) this.fork(step, undefined);
      this.tell(compared, true);
    }
  }

  private write(link: Link, stream: "calls" | "answers", prepared: PreparedMessage, at: number): void {
    this.fingerprint.add(stream, prepared.named, prepared.bytes);
    link.write(prepared.bytes, at);
  }
}
