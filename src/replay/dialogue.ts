// What is said on the connections of a run: the station's CALLs and the CSMS's answers, the CSMS's calls and the
// station's, and how all of it compares. When something is sent is the station's decision.

import { type Ignores, nothingIgnored } from "../analyse/ignore-rules.js";
import { assertNever } from "../base/assert-never.js";
import { parseEnvelope } from "../ocpp/parse-envelope.js";
import { opcodes } from "../wire/frame.js";
import { CsmsCalls } from "./csms-calls.js";
import { Fingerprint, type Sha256 } from "./fingerprint.js";
import type { Heard } from "./leg.js";
import type { Link } from "./link.js";
import { ownFrame } from "./outgoing.js";
import { asSent, exchangeOf, OwnCalls, type Prepared } from "./own-calls.js";
import type { CallStep, DialStep, OtherStep, Plan } from "./plan.js";
import type { StationOutput } from "./station-output.js";

/** The most that a control frame may carry (RFC 6455 section 5.5). */
const longestControl = 125;

/** The dialogue of a run, over all its connections. */
export class Dialogue {
  readonly own: OwnCalls;
  readonly csms: CsmsCalls;
  readonly fingerprint: Fingerprint;
  private readonly output: StationOutput;

  constructor(plan: Plan, output: StationOutput, sha256: Sha256, ignores: Ignores = nothingIgnored) {
    this.own = new OwnCalls(plan, ignores);
    this.csms = new CsmsCalls(plan, (slot) => this.own.liveValue(slot), ignores);
    this.fingerprint = new Fingerprint(sha256);
    this.output = output;
  }

  /** Sends the message of a step. */
  send(link: Link, index: number, step: CallStep | OtherStep, at: number): void {
    const prepared = this.own.prepare(step);
    this.write(link, "calls", prepared, at);
    const sending = { at, text: prepared.text };
    if (step.kind === "call" && step.type === "CALL") this.own.sent(index, step, sending);
    else this.output.report(asSent(step, exchangeOf(index, step, sending)));
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
      case "send": {
        const { compared, reply } = this.csms.take(connection, envelope, text ?? "", at);
        this.output.compared(compared);
        if (reply !== undefined && link.state === "open") this.write(link, "answers", reply, at);
        return false;
      }
      case "call-result":
      case "call-error": {
        const { compared, awaited } = this.own.answer(connection, envelope, text ?? "", at);
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
