// The entries of a recording -> the plan of a station that repeats the charger's side. Total: everything on a recording
// becomes a step, an expectation, or a note about what is left out.

import type { Inflate } from "../../analyse/messages/deflate.js";
import { messagesOf } from "../../analyse/messages/messages.js";
import { cutCode, prologueCodes } from "../../analyse/select/prologue.js";
import type {
  ConnectionClosedEntry,
  Entry,
  FrameEntry,
  NoteEntry,
  RefusedEntry,
} from "../../cassette/format/entry.js";
import { knows } from "../../cassette/source-capabilities.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import type { Envelope } from "../../ocpp/envelope/parse-envelope.js";
import { assumedVersion, type OcppVersion, versionOf } from "../../ocpp/version.js";
import { parseHead } from "../../wire/http/head.js";
import { requestLine } from "../../wire/http/request-head.js";
import { identityOf } from "../../wire/http/target.js";
import { opcodes, readHeader } from "../../wire/websocket/frame.js";
import { keyOfCall } from "./call-key.js";
import { withCauses } from "./causes.js";
import { outgoingFrames, outgoingMessage } from "./outgoing.js";
import type {
  CallStep,
  ConnectionEnd,
  Expectation,
  OtherStep,
  Plan,
  PlanStep,
  RecordedAnswer,
  Stray,
} from "./plan.js";
import { messagesAt, type PlanMessage } from "./plan-messages.js";
import { type Binding, transactionBinding } from "./values/bindings.js";
import { ValueCompiler } from "./values/compile-values.js";
import type { EditCall } from "./values/mapped-values.js";
import { recordedSpan } from "./values/recorded-span.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What an open CALL belongs to: a step, or a call of the CSMS. */
type Tag = { readonly step: number } | { readonly expectation: number };

const afterTheEnd = "messages of the charger after the end of their connection are left out";

interface Line {
  readonly version: OcppVersion;
  readonly pairer: Pairer<Tag>;
  /** The step of the station's last CALL. */
  lastCall: number | undefined;
  ended: boolean;
}

class Compiler {
  readonly steps: Mutable<PlanStep>[] = [];
  readonly values: ValueCompiler;
  readonly expectations: Mutable<Expectation>[] = [];
  readonly strays: Stray[] = [];
  readonly versions = new Map<number, OcppVersion>();
  private readonly lines = new Map<number, Line>();
  private readonly omitted = new Map<string, number>();
  private readonly cut = new Set<number>();
  private refusals = 0;
  private isTornBySource = false;
  identity: string | null = null;

  constructor(values: ValueCompiler) {
    this.values = values;
  }

  take(entry: Entry, message: PlanMessage | undefined): void {
    switch (entry.kind) {
      case "session":
        this.identity = entry.identity;
        // The capture may have cut the frame, and not the charger.
        this.isTornBySource = !knows(entry, "exact-bytes") || !knows(entry, "ends");
        return;
      case "connection-opened":
        this.identity ??= entry.identity;
        this.open(entry.connection, versionOf(entry.subprotocol) ?? assumedVersion);
        this.steps.push({
          kind: "dial",
          connection: entry.connection,
          atNs: entry.at,
          identity: entry.identity,
          request: entry.request,
          subprotocol: entry.subprotocol,
          refusal: undefined,
        });
        return;
      case "refused":
        this.refuse(entry);
        return;
      case "frame":
        if (message !== undefined) this.message(entry, message);
        else this.control(entry);
        return;
      case "bytes":
        if (entry.why === "cut-off" && this.isTornBySource)
          this.omit(
            "incomplete frames are left out, because the source of the recording may have lost bytes",
          );
        else if (entry.direction === "cp-to-csms")
          this.other(entry.connection, entry.rx, outgoingFrames(entry.raw), "unreadable");
        return;
      case "connection-closed":
        this.closed(entry);
        return;
      case "note":
        this.note(entry);
        return;
      default:
        return;
    }
  }

  finish(): readonly string[] {
    for (const [connection, line] of this.lines)
      if (!line.ended) this.end(connection, null, { kind: "unknown" });
    return [...this.omitted].map(([what, count]) => `${count} ${what}`);
  }

  /** Steps of a prologue and ends after a cut get no time, because the recorded gaps are not theirs. */
  private note({ code, connection }: NoteEntry): void {
    if (code === prologueCodes.end) {
      for (const step of this.steps) step.atNs = null;
      for (const expectation of this.expectations) expectation.isPrologue = true;
    } else if (code === cutCode && connection !== null) this.cut.add(connection);
  }

  private omit(what: string): void {
    this.omitted.set(what, (this.omitted.get(what) ?? 0) + 1);
  }

  private open(connection: number, version: OcppVersion): Line {
    const line: Line = { version, pairer: createPairer<Tag>(), lastCall: undefined, ended: false };
    this.lines.set(connection, line);
    this.versions.set(connection, version);
    return line;
  }

  /** The line of a connection; one whose beginning is not on the recording is dialled at its first entry. */
  private line(connection: number): Line {
    const known = this.lines.get(connection);
    if (known !== undefined) return known;
    const identity = this.identity ?? "unknown";
    const base = { connection, atNs: null, identity, request: null, subprotocol: null } as const;
    this.steps.push({ ...base, kind: "dial", refusal: undefined });
    return this.open(connection, assumedVersion);
  }

  private refuse(entry: RefusedEntry): void {
    if (entry.by !== "csms" || entry.status === null) {
      this.omit("recorded connection attempts that never reached the CSMS are left out");
      return;
    }
    this.refusals++;
    const target = entry.request === null ? undefined : requestLine(parseHead(entry.request.raw))?.target;
    const identity = entry.identity ?? identityOf(target ?? "") ?? this.identity ?? "unknown";
    // Refused attempts have no connection number; negative numbers are free.
    const base = {
      connection: -this.refusals,
      atNs: entry.at,
      identity,
      request: entry.request,
      subprotocol: null,
    };
    this.steps.push({ ...base, kind: "dial", refusal: entry.status });
  }

  private control(entry: FrameEntry): void {
    const opcode = readHeader(entry.raw, 0)?.opcode;
    if (opcode === opcodes.close) {
      const how =
        entry.direction === "cp-to-csms"
          ? ({ kind: "close", frame: entry.raw } as const)
          : ({ kind: "by-csms" } as const);
      this.end(entry.connection, entry.rx, how);
    } else if (entry.direction === "csms-to-cp") return;
    else if (opcode === opcodes.ping) this.omit("pings of the charger are left out");
    else if (opcode !== opcodes.pong)
      this.other(entry.connection, entry.rx, outgoingFrames(entry.raw), "unreadable");
  }

  private closed(entry: ConnectionClosedEntry): void {
    const first = entry.ends[0];
    if (first?.by === "csms") this.end(entry.connection, entry.at, { kind: "by-csms" });
    else if (first?.by === "charger")
      this.end(entry.connection, first.at, { kind: first.how === "reset" ? "reset" : "fin" });
    else this.end(entry.connection, entry.at, { kind: "unknown" });
  }

  private end(connection: number, atNs: number | null, how: ConnectionEnd): void {
    const line = this.line(connection);
    if (line.ended) return;
    line.ended = true;
    this.steps.push({ kind: "end", connection, atNs: this.cut.has(connection) ? null : atNs, how });
  }

  private message(entry: FrameEntry, message: PlanMessage): void {
    const line = this.line(entry.connection);
    const { text, envelope } = message;
    if (entry.direction === "cp-to-csms") this.fromCharger(line, entry, message);
    else if (text !== undefined && envelope !== undefined) this.fromCsms(line, entry, text, envelope);
  }

  private fromCharger(line: Line, entry: FrameEntry, message: PlanMessage): void {
    const { envelope } = message;
    if (line.ended) {
      this.omit(afterTheEnd);
      return;
    }
    const out = outgoingMessage(message);
    if (envelope?.kind === "call" || envelope?.kind === "send") {
      this.call(line, entry, out, message.text ?? "", envelope);
      return;
    }
    if (envelope?.kind === "call-result" || envelope?.kind === "call-error") {
      const expectation = this.expectationOf(line, envelope.id);
      if (expectation !== undefined) {
        const text = envelope.kind === "call-result" ? message.text : undefined;
        expectation.answer = this.reply(line, expectation.action, out, text);
        return;
      }
    }
    this.other(entry.connection, entry.rx, out, typeOf(envelope));
  }

  private expectationOf(line: Line, id: string): Mutable<Expectation> | undefined {
    const open = line.pairer.answer("cp-to-csms", id);
    return open !== undefined && "expectation" in open.tag
      ? this.expectations[open.tag.expectation]
      : undefined;
  }

  private reply(line: Line, action: string, out: CallStep["out"], text: string | undefined): CallStep["out"] {
    const places = text === undefined ? [] : this.values.ofReply(line.version, action, text);
    return places.length === 0 ? out : { ...out, places };
  }

  private other(
    connection: number,
    atNs: number | null,
    out: OtherStep["out"],
    type: OtherStep["type"],
  ): void {
    if (this.line(connection).ended) this.omit(afterTheEnd);
    else this.steps.push({ kind: "other", connection, atNs, out, type });
  }

  private call(
    line: Line,
    entry: FrameEntry,
    out: CallStep["out"],
    text: string,
    envelope: Envelope & { kind: "call" | "send" },
  ): void {
    const index = this.steps.length;
    const { id, action } = envelope;
    const isCall = envelope.kind === "call";
    const { uses, places } = this.values.ofCall(line.version, index, action, text);
    this.steps.push({
      kind: "call",
      connection: entry.connection,
      atNs: entry.rx,
      out: { ...out, places },
      type: isCall ? "CALL" : "SEND",
      id,
      action,
      previous: isCall ? line.lastCall : undefined,
      uses,
      answer: undefined,
      fills: undefined,
    });
    if (!isCall) return;
    line.lastCall = index;
    line.pairer.call("cp-to-csms", id, action, { step: index });
  }

  private fromCsms(line: Line, entry: FrameEntry, text: string, envelope: Envelope): void {
    const { connection } = entry;
    if (envelope.kind === "call") {
      const { id, action } = envelope;
      line.pairer.call("csms-to-cp", id, action, { expectation: this.expectations.length });
      this.expectations.push({
        connection,
        atNs: entry.rx,
        text,
        id,
        action,
        before: this.steps.length,
        key: keyOfCall(envelope.payload),
        ...this.values.ofCsmsCall(line.version, action, text),
        answer: undefined,
      });
      return;
    }
    if (envelope.kind === "call-result" || envelope.kind === "call-error") {
      const open = line.pairer.answer("csms-to-cp", envelope.id);
      const step = open !== undefined && "step" in open.tag ? this.steps[open.tag.step] : undefined;
      if (open !== undefined && step?.kind === "call" && "step" in open.tag) {
        const answer = { text, kind: envelope.kind, atNs: entry.rx };
        this.answered(line, step, open.tag.step, answer);
        return;
      }
    }
    this.strays.push({ connection, text });
  }

  private answered(
    line: Line,
    step: Mutable<CallStep>,
    index: number,
    answer: Pick<RecordedAnswer, "text" | "kind" | "atNs">,
  ): void {
    const { text, kind } = answer;
    const { teaches, bound } =
      kind === "call-result"
        ? this.values.ofCsmsAnswer(line.version, index, step.action, text)
        : { teaches: nothing, bound: nothing };
    step.answer = { ...answer, teaches, bound };
    const opens = [...teaches.values()].find((slot) =>
      this.values.slots[slot]?.name.startsWith(`${transactionBinding}-`),
    );
    if (opens !== undefined) step.fills = opens;
  }
}

const nothing: ReadonlyMap<string, number> = new Map<string, number>();

const typeOf = (envelope: Envelope | undefined): OtherStep["type"] => {
  switch (envelope?.kind) {
    case "call-result":
      return "CALLRESULT";
    case "call-error":
      return "CALLERROR";
    case "call-result-error":
      return "CALLRESULTERROR";
    default:
      return "unreadable";
  }
};

/** The steps without waits for answers that the recording does not have. */
const withoutLostAnswers = (steps: readonly PlanStep[]): readonly PlanStep[] =>
  steps.map((step) => {
    if (step.kind !== "call" || step.previous === undefined) return step;
    const before = steps[step.previous];
    return before?.kind === "call" && before.answer !== undefined ? step : { ...step, previous: undefined };
  });

/** What a plan is made with, besides the recording. */
export interface PlanMaking {
  /** Values that the CSMS chooses, in addition to those of OCPP itself. */
  readonly bindings?: readonly Binding[];
  /** Changes CALLs of the recording for the target. */
  readonly edit?: EditCall | undefined;
}

/** Compiles the plan of a recording; without `inflate`, compressed messages are sent as recorded. */
export function compilePlan(entries: readonly Entry[], inflate?: Inflate, making: PlanMaking = {}): Plan {
  const { bindings = [], edit } = making;
  const read = messagesOf(entries, inflate);
  const values = new ValueCompiler(recordedSpan(entries, read), bindings);
  const compiler = new Compiler(values);
  const messages = messagesAt(entries, read, edit);
  for (const [position, entry] of entries.entries()) {
    const message = messages.get(position);
    if (message !== "part") compiler.take(entry, message);
  }
  const notes = compiler.finish();
  const { expectations, strays, versions } = compiler;
  const { slots, times, registers } = values;
  const identity = compiler.identity ?? "unknown";
  const steps = withoutLostAnswers(compiler.steps);
  const plan = { identity, steps, slots, expectations, strays, versions, times, registers, notes };
  return withCauses(plan);
}
