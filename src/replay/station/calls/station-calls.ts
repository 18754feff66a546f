// The station's own CALLs: which are open, which answers are waited for, what the answers teach, and how they compare
// with the recorded ones.

import {
  type Comparison,
  compareMessages,
  differAsWhole,
  type IsBound,
} from "../../../analyse/compare/compare.js";
import { type Ignores, nothingIgnored } from "../../../analyse/compare/ignore-rules.js";
import { latencyMs } from "../../../analyse/compare/slowdown.js";
import { valueAt } from "../../../ocpp/payload.js";
import { bytesWith, digestText } from "../../plan/outgoing.js";
import type { CallStep, OtherStep, Plan, RecordedAnswer } from "../../plan/plan.js";
import type { Compared, ComparedExchange, Sent } from "../../protocol.js";
import type { ReceivedAnswer } from "../../received-message.js";
import { Values } from "../values/values.js";

/** A message that is ready to be sent. */
export interface PreparedMessage {
  readonly bytes: Uint8Array;
  /** The text with the names of values in place of them. */
  readonly named: string;
  /** Undefined where the message is no text. */
  readonly text: string | undefined;
}

/** How a step was sent. */
interface Sending {
  /** In nanoseconds since the start; null while it is not sent. */
  readonly atNs: number | null;
  readonly text: string | undefined;
}

const notSent: Sending = { atNs: null, text: undefined };

const typeNames = { "call-result": "CALLRESULT", "call-error": "CALLERROR" } as const;

const answerOf = ({ envelope }: ReceivedAnswer): string =>
  envelope.kind === "call-error" ? `CALLERROR ${envelope.code}` : "CALLRESULT";

/** The exchange of a step, recorded and live. */
export function exchangeOf(
  index: number,
  step: CallStep | OtherStep,
  sending: Sending,
  answer?: string,
): ComparedExchange {
  const recorded = step.kind === "call" ? step.answer?.text : undefined;
  return {
    step: index,
    expectation: undefined,
    recordedAtNs: step.atNs,
    liveAtNs: sending.atNs,
    recorded: { call: step.out.text, answer: recorded },
    live: { call: sending.text, answer },
  };
}

const compared = (
  step: CallStep,
  type: Compared["type"],
  exchange: ComparedExchange,
  comparison: Pick<Compared, "result" | "differences">,
  why = "",
): Compared => ({
  kind: "compared",
  connection: step.connection,
  direction: "csms-to-cp",
  type,
  action: step.action,
  id: step.id,
  why,
  exchange,
  ...comparison,
});

const answersWithTime = (action: string | undefined): boolean =>
  action === "BootNotification" || action === "Heartbeat";

/** Follows the station's CALLs and their answers. */
export class StationCalls {
  private readonly plan: Plan;
  private readonly values: Values;
  /** Steps that were sent and have no answer yet, by connection and message id, in their order. */
  private readonly open = new Map<number, Map<string, number[]>>();
  /** Those of them whose answers are waited for. */
  private readonly awaited = new Set<number>();
  private readonly sendings = new Map<number, Sending>();
  private readonly ignores: Ignores;

  constructor(plan: Plan, values: Values = new Values(plan), ignores: Ignores = nothingIgnored) {
    this.plan = plan;
    this.values = values;
    this.ignores = ignores;
  }

  /** Whether a step has to wait for an answer. */
  mustWait(step: CallStep, valuesOnly: boolean): boolean {
    if (!valuesOnly && step.previous !== undefined && this.awaited.has(step.previous)) return true;
    if (this.values.needsCsmsClock(step.out) && this.awaitsTime) return true;
    return step.uses.some((use) => {
      const source = this.plan.slots[use.slot]?.learnedFrom;
      return source !== undefined && this.awaited.has(source);
    });
  }

  /** Whether an answer with the CSMS's time is awaited, which the dates of the run depend on. */
  private get awaitsTime(): boolean {
    return [...this.awaited].some((index) => answersWithTime(this.step(index)?.action));
  }

  /** Whether CALLs of a connection still wait for answers that the recording has. */
  isAwaiting(connection: number): boolean {
    for (const open of this.open.get(connection)?.values() ?? [])
      if (open.some((index) => this.awaited.has(index))) return true;
    return false;
  }

  /** Makes the message of a step. */
  prepare(step: CallStep | OtherStep): PreparedMessage {
    const { out, connection } = step;
    const written = this.values.write(out, connection);
    if (written === undefined) return { bytes: out.bytes, named: digestText(out), text: out.text };
    return { bytes: bytesWith(out, written.text), ...written };
  }

  /** Notes that the CALL of a step was sent. */
  sent(index: number, step: CallStep, sending: Sending = notSent): void {
    if (step.type === "SEND") return;
    this.sendings.set(index, sending);
    const id = this.values.messageId(step.out, step.connection, step.id);
    const ids = this.open.get(step.connection) ?? new Map<string, number[]>();
    this.open.set(step.connection, ids);
    const open = ids.get(id);
    if (open === undefined) ids.set(id, [index]);
    else open.push(index);
    if (step.answer !== undefined) this.awaited.add(index);
  }

  /** The steps whose answers are waited for. */
  get awaitedSteps(): readonly number[] {
    return [...this.awaited];
  }

  /** Stops waiting for all answers; gives how many. They are still compared when they come. */
  giveUp(): number {
    const count = this.awaited.size;
    this.awaited.clear();
    return count;
  }

  /** Takes an answer of the CSMS; `awaited`: something waited for it, `step`: the step that it answers. */
  answer(answer: ReceivedAnswer): {
    readonly compared: Compared;
    readonly awaited: boolean;
    readonly step?: number;
  } {
    const { connection, envelope, text, atNs } = answer;
    const ids = this.open.get(connection);
    const open = ids?.get(envelope.id);
    const index = open?.pop();
    if (open?.length === 0) ids?.delete(envelope.id);
    const step = index === undefined ? undefined : this.step(index);
    if (index === undefined || step === undefined) return { compared: stray(answer), awaited: false };
    const awaited = this.awaited.delete(index);
    this.learn(step, answer);
    const sending = this.sending(index);
    const result = this.compare(step, answer, exchangeOf(index, step, sending, text));
    const recorded = latencyMs(step.atNs, step.answer?.atNs ?? null);
    const compared = { ...result, latencyMs: { recorded, live: latencyMs(sending.atNs, atNs) } };
    return { compared, awaited, step: index };
  }

  /** A connection is over, so its open CALLs get no answers; gives those that the recording has, as missing. */
  dropConnection(connection: number): readonly Compared[] {
    const open = this.openOn(connection);
    this.open.delete(connection);
    return open.flatMap((index) => {
      this.awaited.delete(index);
      const step = this.step(index);
      const sending = this.sending(index);
      if (step?.answer === undefined) return [];
      const nothing = { result: "missing", differences: [] } as const;
      const exchange = exchangeOf(index, step, sending);
      return [compared(step, typeNames[step.answer.kind], exchange, nothing, "not answered")];
    });
  }

  /** The open CALLs of a connection that have no answer in the recording either. */
  unanswered(connection: number): readonly Sent[] {
    return this.openOn(connection).flatMap((index) => {
      const step = this.step(index);
      if (step === undefined || step.answer !== undefined) return [];
      return [asSent(step, exchangeOf(index, step, this.sendings.get(index) ?? notSent))];
    });
  }

  private sending(index: number): Sending {
    const sending = this.sendings.get(index) ?? notSent;
    this.sendings.delete(index);
    return sending;
  }

  private step(index: number): CallStep | undefined {
    const step = this.plan.steps[index];
    return step?.kind === "call" ? step : undefined;
  }

  private openOn(connection: number): readonly number[] {
    const ids = this.open.get(connection);
    return ids === undefined ? [] : [...ids.values()].flat().sort((a, b) => a - b);
  }

  private learn(step: CallStep, answer: ReceivedAnswer): void {
    if (answer.envelope.kind !== "call-result") return;
    if (step.answer !== undefined) this.values.learn(step.answer, answer);
    if (answersWithTime(step.action)) this.values.learnClock(valueAt(answer.payload, "currentTime"));
  }

  private compare(step: CallStep, answer: ReceivedAnswer, exchange: ComparedExchange): Compared {
    const { envelope } = answer;
    const type = typeNames[envelope.kind];
    const recorded = step.answer;
    if (recorded === undefined) {
      const isHeartbeat = step.action === "Heartbeat" && envelope.kind === "call-result";
      const result = isHeartbeat ? "ignorable" : "unexpected";
      return compared(step, type, exchange, { result, differences: [] }, "the recording has no answer");
    }
    const comparison = this.compareAnswers(step, recorded, answer);
    return compared(step, type, exchange, comparison);
  }

  private compareAnswers(step: CallStep, recorded: RecordedAnswer, answer: ReceivedAnswer): Comparison {
    const { envelope } = answer;
    const type = typeNames[envelope.kind];
    const { kind } = recorded;
    const isIgnored = this.ignores({ action: step.action, type, direction: "csms-to-cp" });
    if (kind !== envelope.kind) return differAsWhole(typeNames[kind], answerOf(answer), isIgnored);
    const isBound: IsBound = (pointer, before, live) =>
      this.values.isLiveValue(recorded, step.connection, pointer, before, live);
    return compareMessages(kind, recorded.text, answer, isBound, isIgnored);
  }
}

/** The report on a message that has no answer, neither recorded nor live. */
export function asSent(step: CallStep | OtherStep, exchange: ComparedExchange): Sent {
  const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
  return { kind: "sent", connection: step.connection, type: step.type, action, id, exchange };
}

const stray = ({ connection, envelope, atNs, text }: ReceivedAnswer): Compared => ({
  kind: "compared",
  result: "unexpected",
  connection,
  direction: "csms-to-cp",
  type: typeNames[envelope.kind],
  action: null,
  id: envelope.id,
  differences: [],
  why: "it answers no CALL of the station",
  exchange: {
    step: undefined,
    expectation: undefined,
    recordedAtNs: null,
    liveAtNs: atNs,
    recorded: { call: undefined, answer: undefined },
    live: { call: text, answer: undefined },
  },
});
