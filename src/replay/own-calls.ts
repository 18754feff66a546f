// The station's own CALLs: which are open, whose answers are waited for, what the answers taught, and how they
// compare with the recorded ones. Knows nothing of connections' sockets and of time.

import { type Comparison, compareMessages } from "../analyse/compare.js";
import type { Envelope } from "../ocpp/parse-envelope.js";
import { digestText, octetsWith } from "./outgoing.js";
import type { CallStep, OtherStep, Plan, RecordedAnswer } from "./plan.js";
import type { Compared } from "./protocol.js";
import { memberOf } from "./responders/json-member.js";
import { Values } from "./values.js";

/** An answer of the CSMS that could be read. */
export type AnswerEnvelope = Envelope & { readonly kind: "call-result" | "call-error" };

/** Something ready to be sent. */
export interface Prepared {
  readonly octets: Uint8Array;
  /** The text with the names of slots in place of their values. */
  readonly named: string;
  /** The text; undefined for what is none. */
  readonly text?: string | undefined;
}

const typeNames = { "call-result": "CALLRESULT", "call-error": "CALLERROR" } as const;

const answerOf = (envelope: AnswerEnvelope): string =>
  envelope.kind === "call-error" ? `CALLERROR ${envelope.code}` : "CALLRESULT";

const compared = (
  step: CallStep,
  type: Compared["type"],
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
  ...comparison,
});

/** Follows the station's CALLs and their answers. */
export class OwnCalls {
  private readonly plan: Plan;
  private readonly values: Values;
  /** Steps that were sent and have no answer yet, per connection and message id, in their order. */
  private readonly open = new Map<number, Map<string, number[]>>();
  /** Of these, the ones whose answers are still waited for. */
  private readonly awaited = new Set<number>();

  constructor(plan: Plan, values: Values = new Values(plan)) {
    this.plan = plan;
    this.values = values;
  }

  /** Whether a step has to wait for an answer. */
  isHeld(step: CallStep, valuesOnly: boolean): boolean {
    if (!valuesOnly && step.previous !== undefined && this.awaited.has(step.previous)) return true;
    return step.uses.some((use) => {
      const source = this.plan.slots[use.slot]?.learnedFrom;
      return source !== undefined && this.awaited.has(source);
    });
  }

  /** Whether a connection's CALLs still wait for answers that the recording has. */
  isOwed(connection: number): boolean {
    for (const open of this.open.get(connection)?.values() ?? [])
      if (open.some((index) => this.awaited.has(index))) return true;
    return false;
  }

  /** Makes a step's message. */
  prepare(step: CallStep | OtherStep): Prepared {
    const { out, connection } = step;
    const written = this.values.write(out, connection);
    if (written === undefined) return { octets: out.octets, named: digestText(out), text: out.text };
    return { octets: octetsWith(out, written.text), ...written };
  }

  /** Notes that a CALL was sent. */
  sent(index: number, step: CallStep): void {
    if (step.type === "SEND") return;
    const id = this.values.messageId(step.out, step.connection, step.id);
    const ids = this.open.get(step.connection) ?? new Map<string, number[]>();
    this.open.set(step.connection, ids);
    const open = ids.get(id);
    if (open === undefined) ids.set(id, [index]);
    else open.push(index);
    if (step.answer !== undefined) this.awaited.add(index);
  }

  /** Stops waiting for all answers; gives their number. They are still compared when they come. */
  giveUp(): number {
    const count = this.awaited.size;
    this.awaited.clear();
    return count;
  }

  /** Takes an answer of the CSMS; `awaited` tells whether something waited for it. */
  answer(
    connection: number,
    envelope: AnswerEnvelope,
    text: string,
  ): { readonly compared: Compared; readonly awaited: boolean; readonly index?: number } {
    const ids = this.open.get(connection);
    const open = ids?.get(envelope.id);
    const index = open?.pop();
    if (open?.length === 0) ids?.delete(envelope.id);
    const step = index === undefined ? undefined : this.step(index);
    if (index === undefined || step === undefined)
      return { compared: stray(connection, envelope), awaited: false };
    const awaited = this.awaited.delete(index);
    this.learn(step, envelope, text);
    return { compared: this.compare(step, envelope, text), awaited, index };
  }

  /** A connection is over: its open CALLs get no answers any more. Gives the ones the recording has. */
  lose(connection: number): readonly Compared[] {
    const open = this.openOn(connection);
    this.open.delete(connection);
    return open.flatMap((index) => {
      this.awaited.delete(index);
      const step = this.step(index);
      if (step?.answer === undefined) return [];
      return [
        compared(step, typeNames[step.answer.kind], { result: "missing", differences: [] }, "not answered"),
      ];
    });
  }

  private step(index: number): CallStep | undefined {
    const step = this.plan.steps[index];
    return step?.kind === "call" ? step : undefined;
  }

  private openOn(connection: number): readonly number[] {
    const ids = this.open.get(connection);
    return ids === undefined ? [] : [...ids.values()].flat().sort((a, b) => a - b);
  }

  private learn(step: CallStep, envelope: AnswerEnvelope, text: string): void {
    if (envelope.kind !== "call-result") return;
    if (step.answer !== undefined) this.values.learn(step.answer, "CALLRESULT", text);
    if (step.action === "BootNotification" || step.action === "Heartbeat")
      this.values.hearClock(memberOf(envelope.payload, "currentTime"));
  }

  private compare(step: CallStep, envelope: AnswerEnvelope, text: string): Compared {
    const type = typeNames[envelope.kind];
    const recorded = step.answer;
    if (recorded === undefined) {
      const isHeartbeat = step.action === "Heartbeat" && envelope.kind === "call-result";
      const result = isHeartbeat ? "ignorable" : "unexpected";
      return compared(step, type, { result, differences: [] }, "the recording has no answer");
    }
    return compared(step, type, this.compareAnswers(step, recorded, envelope, text));
  }

  private compareAnswers(
    step: CallStep,
    recorded: RecordedAnswer,
    envelope: AnswerEnvelope,
    text: string,
  ): Comparison {
    const { kind } = recorded;
    if (kind === envelope.kind)
      return compareMessages(kind, recorded.text, text, (pointer, before, live) =>
        this.values.stands(recorded, step.connection, pointer, before, live),
      );
    const difference = {
      pointer: "",
      recorded: typeNames[kind],
      live: answerOf(envelope),
      why: "different",
    } as const;
    return { result: "different", differences: [difference] };
  }
}

const stray = (connection: number, envelope: AnswerEnvelope): Compared => ({
  kind: "compared",
  result: "unexpected",
  connection,
  direction: "csms-to-cp",
  type: typeNames[envelope.kind],
  action: null,
  id: envelope.id,
  differences: [],
  why: "no CALL waits for it",
});
