// What is said on the connections of a run: the station's CALLs and the CSMS's answers, the CSMS's calls and the
// station's, and how all of it compares. When something is sent is the station's decision.

import { type Ignores, nothingIgnored } from "../analyse/ignore-rules.js";
import { assertNever } from "../base/assert-never.js";
import { utf8 } from "../base/bytes.js";
import { parseEnvelope } from "../ocpp/parse-envelope.js";
import { opcodes } from "../wire/frame.js";
import { ClosingTransactions } from "./closing-transactions.js";
import { CsmsCalls } from "./csms-calls.js";
import { Fingerprint, type Sha256 } from "./fingerprint.js";
import type { Heard } from "./leg.js";
import type { Link } from "./link.js";
import { ownFrame } from "./outgoing.js";
import { asSent, exchangeOf, OwnCalls, type Prepared } from "./own-calls.js";
import type { CallStep, DialStep, OtherStep, Plan } from "./plan.js";
import type { StationOutput } from "./station-output.js";
import { type ValueMaking, Values } from "./values.js";

/** The most that a control frame may carry (RFC 6455 section 5.5). */
const longestControl = 125;

/** What a dialogue is made with. */
export interface DialogueMaking {
  readonly sha256: Sha256;
  readonly making?: ValueMaking | undefined;
  readonly ignores?: Ignores;
}

/** The dialogue of a run, over all its connections. */
export class Dialogue {
  readonly own: OwnCalls;
  readonly csms: CsmsCalls;
  readonly fingerprint: Fingerprint;
  readonly values: Values;
  readonly closing: ClosingTransactions;
  private readonly output: StationOutput;

  constructor(
    plan: Plan,
    output: StationOutput,
    { sha256, making, ignores = nothingIgnored }: DialogueMaking,
  ) {
    this.values = new Values(plan, making);
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
      const octets = ownFrame(opcodes.text, utf8(text));
      links.find((link) => link.step.connection === connection)?.write(octets, at);
      this.fingerprint.addOctets("calls", octets);
      this.output.note("closed-transaction", `${what} would stay open; this replay ends it`);
    }
    return messages.length > 0;
  }

  /** Tells that a step could not be done. */
  unsent(index: number, step: CallStep | OtherStep, why: string): void {
    const exchange = exchangeOf(index, step, { at: null, text: undefined });
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    const base = { kind: "compared", result: "missing", direction: "cp-to-csms" } as const;
    this.output.compared({ ...base, connection, type, action, id, differences: [], why, exchange }, true);
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

  /** Stops waiting for all answers; gives their number. */
  giveUp(): number {
    return this.own.giveUp() + this.closing.giveUp();
  }

  /** Takes what the CSMS said; tells whether an answer came that something waited for. */
  hear(link: Link, item: Heard, at: number): boolean {
    // What comes behind the end stands in the transcript; the comparison is over.
    if (link.state === "dead") return false;
    this.values.at = at;
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
      case "send": {
        const { compared, reply } = this.csms.take(connection, envelope, text ?? "", at);
        this.output.compared(compared);
        if (reply !== undefined && link.state === "open") this.write(link, "answers", reply, at);
        return false;
      }
      case "call-result":
      case "call-error": {
        const closed = this.closing.take(envelope.id);
        if (closed !== undefined) {
          if (envelope.kind === "call-error")
            this.output.note(
              "closed-transaction",
              `the CSMS refused to end ${closed.what}: ${envelope.code}`,
            );
          return true;
        }
        const { compared, awaited, index } = this.own.answer(connection, envelope, text ?? "", at);
        if (index !== undefined) this.closing.answered(index, envelope.kind, text ?? "");
        this.output.compared(compared);
        return awaited;
      }
      default:
        this.output.compared(this.csms.takeStray(connection, text, at));
        return false;
    }
  }

  /** Nothing more can be sent, and no answers come; what was owed is missing. */
  lose(link: Link): void {
    link.state = "dead";
    const { connection } = link.step;
    for (const sent of this.own.unanswered(connection)) this.output.report(sent);
    for (const compared of this.own.lose(connection)) this.output.compared(compared, true);
  }

  private write(link: Link, stream: "calls" | "answers", prepared: Prepared, at: number): void {
    this.fingerprint.add(stream, prepared.named, prepared.octets);
    link.write(prepared.octets, at);
  }
}
