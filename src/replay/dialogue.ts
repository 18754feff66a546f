// What is said on the connections of a run: the station's CALLs and the CSMS's answers, the CSMS's calls and the
// station's, and how all of it compares. When something is sent is the station's decision.

import { assertNever } from "../base/assert-never.js";
import { parseEnvelope } from "../ocpp/parse-envelope.js";
import { opcodes } from "../wire/frame.js";
import { type CallEnvelope, CsmsCalls } from "./csms-calls.js";
import { Fingerprint, type Sha256 } from "./fingerprint.js";
import { Forks } from "./forks.js";
import type { Heard } from "./leg.js";
import type { Link } from "./link.js";
import { MadeCalls, type MadeFor } from "./made-calls.js";
import { ownFrame } from "./outgoing.js";
import { type AnswerEnvelope, OwnCalls, type Prepared } from "./own-calls.js";
import type { CallStep, DialStep, OtherStep, Plan } from "./plan.js";
import type { Compared, Fork } from "./protocol.js";
import type { StationOutput } from "./station-output.js";

/** The most that a control frame may carry (RFC 6455 section 5.5). */
const longestControl = 125;

/** What the station has to know of an answer to a boot. */
export type BootAnswered = (step: number, connection: number, text: string, at: number) => void;

/** The dialogue of a run, over all its connections. */
export class Dialogue {
  readonly own: OwnCalls;
  readonly csms: CsmsCalls;
  readonly made: MadeCalls = new MadeCalls();
  readonly forks: Forks;
  readonly fingerprint: Fingerprint;
  /** Called for each boot that is answered otherwise than recorded, and for each that was sent again. */
  bootAnswered: BootAnswered = () => undefined;
  private readonly plan: Plan;
  private readonly output: StationOutput;
  /** The step behind the last one that was sent. */
  private next = 0;
  /** The boot that is sent again. */
  private boot = 0;

  constructor(plan: Plan, output: StationOutput, sha256: Sha256) {
    this.plan = plan;
    this.forks = new Forks(plan);
    this.own = new OwnCalls(plan);
    this.csms = new CsmsCalls(plan, (slot) => this.own.liveValue(slot));
    this.fingerprint = new Fingerprint(sha256);
    this.output = output;
  }

  /** Sends the message of a step. */
  send(link: Link, index: number, step: CallStep | OtherStep, at: number): void {
    this.write(link, "calls", this.own.prepare(step), at);
    this.next = index + 1;
    if (step.kind === "call") this.own.sent(index, step);
  }

  /** Makes a copy of a step's message, to be sent beside the plan. */
  make(connection: number, index: number, what: MadeFor, idle = false): void {
    const step = this.plan.steps[index];
    if (step?.kind !== "call") return;
    if (what === "boot") this.boot = index;
    this.made.add(connection, what, this.own.prepare(step).octets, idle);
  }

  /** Sends what was made, when nothing of the plan is open on the connection. */
  sendMade(link: Link, at: number): void {
    const { connection } = link.step;
    if (link.state !== "open" || this.own.isOwed(connection)) return;
    const octets = this.made.take(connection);
    // What was made is no part of the named fingerprint: it hangs on what the CSMS did.
    if (octets !== undefined) link.write(octets, at);
  }

  /** Tells that a step was not done; `owed`: that fails the run. */
  unsent(index: number, step: CallStep | OtherStep, why: string, owed: boolean): void {
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    const base = { kind: "compared", result: "missing", direction: "cp-to-csms" } as const;
    this.tell({ ...base, connection, type, action, id, differences: [], why, step: index }, owed);
  }

  /** Stops waiting for all answers; gives their number. */
  giveUp(): number {
    for (const index of this.own.awaitedSteps) this.fork(index, undefined);
    return this.made.giveUp() + this.own.giveUp();
  }

  /** Tells what the recording has and the run had not. */
  tellMissing(): void {
    for (const compared of this.csms.missing()) this.tell(compared);
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

  /** Takes what the CSMS said; tells whether an answer came that something waited for. */
  hear(link: Link, item: Heard, at: number): boolean {
    // What comes behind the end stands in the transcript; the comparison is over.
    if (link.state === "dead") return false;
    switch (item.kind) {
      case "message":
        return this.message(link, item.text, at);
      case "ping":
        if (link.state === "open" && item.payload.length <= longestControl)
          link.write(ownFrame(opcodes.pong, item.payload), at);
        return false;
      case "close":
        if (link.state === "open")
          link.write(ownFrame(opcodes.close, item.payload.subarray(0, longestControl)), at);
        link.endOurs(at);
        this.lose(link);
        return false;
      case "left-out":
        this.output.note(item.code, item.message);
        return false;
      default:
        return assertNever(item);
    }
  }

  private message(link: Link, text: string | undefined, at: number): boolean {
    const { connection } = link.step;
    const envelope = text === undefined ? undefined : parseEnvelope(text);
    switch (envelope?.kind) {
      case "call":
      case "send":
        this.called(link, envelope, text ?? "", at);
        return false;
      case "call-result":
      case "call-error":
        return this.answered(connection, envelope, text ?? "", at);
      default:
        this.tell(this.csms.takeStray(connection, text));
        return false;
    }
  }

  private called(link: Link, envelope: CallEnvelope, text: string, at: number): void {
    const { connection } = link.step;
    const mayAsk = link.state === "open" && this.made.isWilling;
    const answered = this.csms.take(connection, envelope, text, this.next, mayAsk);
    this.tell(answered.compared);
    if (answered.unfulfilled) this.output.tally.unfulfilled();
    if (answered.reply !== undefined && link.state === "open")
      this.write(link, "answers", answered.reply, at);
    const { triggered } = answered;
    if (triggered !== undefined) this.promised(connection, triggered.step, triggered.idle);
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

  private answered(connection: number, envelope: AnswerEnvelope, text: string, at: number): boolean {
    const what = this.made.answered(connection, envelope.id);
    if (what !== undefined) {
      if (what === "boot") this.bootAnswered(this.boot, connection, text, at);
      return what === "boot";
    }
    const { compared, awaited, step } = this.own.answer(connection, envelope, text);
    const fork = step === undefined ? undefined : this.fork(step, text);
    this.tell(compared);
    if (fork !== undefined && step !== undefined && fork.action === "BootNotification")
      this.bootAnswered(step, connection, text, at);
    return awaited;
  }

  private fork(step: number, text: string | undefined): Fork | undefined {
    const fork = this.forks.answer(step, text);
    if (fork !== undefined) this.output.fork(fork);
    return fork;
  }

  private tell(compared: Compared, owed = false): void {
    this.output.compared(this.forks.placed(compared), owed);
  }

  /** Nothing more can be sent, and no answers come; what was owed is missing. */
  lose(link: Link): void {
    link.state = "dead";
    this.made.lose(link.step.connection);
    for (const compared of this.own.lose(link.step.connection)) {
      if (compared.step !== undefined) this.fork(compared.step, undefined);
      this.tell(compared, true);
    }
  }

  private write(link: Link, stream: "calls" | "answers", prepared: Prepared, at: number): void {
    this.fingerprint.add(stream, prepared.named, prepared.octets);
    link.write(prepared.octets, at);
  }
}
