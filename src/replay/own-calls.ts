// The station's own CALLs: which are open, whose answers are waited for, what the answers taught, and how they
// compare with the recorded ones. Knows nothing of connections' sockets and of time.

import { type Comparison, compareMessages } from "../analyse/compare.js";
import type { Envelope } from "../ocpp/parse-envelope.js";
import { digestText, octetsWith } from "./outgoing.js";
import type { CallStep, OtherStep, Plan } from "./plan.js";
import type { Compared } from "./protocol.js";
import { idInAnswer, learnedAt, sameSpelling, withValues } from "./slots.js";

/** An answer of the CSMS that could be read. */
export type AnswerEnvelope = Envelope & { readonly kind: "call-result" | "call-error" };

/** Something ready to be sent. */
export interface Prepared {
  readonly octets: Uint8Array;
  /** The text with the names of slots in place of their values. */
  readonly named: string;
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
  /** Steps that were sent and have no answer yet, per connection, in their order. */
  private readonly open = new Map<number, number[]>();
  /** Of these, the ones whose answers are still waited for. */
  private readonly awaited = new Set<number>();
  private readonly values = new Map<number, string>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** The value that this run has for a slot, as its characters stand in the answer; undefined while unknown. */
  liveValue(slot: number): string | undefined {
    return this.values.get(slot);
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
    return (this.open.get(connection) ?? []).some((index) => this.awaited.has(index));
  }

  /** Makes a step's message. */
  prepare(step: CallStep | OtherStep): Prepared {
    const { out } = step;
    if (step.kind === "other" || out.text === undefined || step.uses.length === 0)
      return { octets: out.octets, named: digestText(out) };
    const text = withValues(out.text, step.uses, (slot) => this.values.get(slot));
    // A value that this CSMS never handed out is sent as recorded, and that is not the same thing done.
    const nameOf = (slot: number): string => `{{${this.plan.slots[slot]?.name ?? ""}}}`;
    const named = withValues(out.text, step.uses, (slot) =>
      this.values.has(slot) ? nameOf(slot) : undefined,
    );
    return { octets: octetsWith(out, text), named };
  }

  /** Notes that a CALL was sent. */
  sent(index: number, step: CallStep): void {
    if (step.type === "SEND") return;
    const open = this.open.get(step.connection);
    if (open === undefined) this.open.set(step.connection, [index]);
    else open.push(index);
    if (step.answer !== undefined) this.awaited.add(index);
  }

  /** The steps whose answers are waited for. */
  get awaitedSteps(): readonly number[] {
    return [...this.awaited];
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
  ): { readonly compared: Compared; readonly awaited: boolean; readonly step?: number } {
    const open = this.open.get(connection) ?? [];
    const at = open.findLastIndex((index) => this.step(index)?.id === envelope.id);
    const index = at < 0 ? undefined : open.splice(at, 1)[0];
    const step = index === undefined ? undefined : this.step(index);
    if (index === undefined || step === undefined)
      return { compared: stray(connection, envelope), awaited: false };
    const awaited = this.awaited.delete(index);
    this.learn(step, envelope, text);
    return { compared: { ...this.compare(step, envelope, text), step: index }, awaited, step: index };
  }

  /** A connection is over: its open CALLs get no answers any more. Gives the ones the recording has. */
  lose(connection: number): readonly Compared[] {
    const open = this.open.get(connection) ?? [];
    this.open.delete(connection);
    return open.flatMap((index) => {
      this.awaited.delete(index);
      const step = this.step(index);
      if (step?.answer === undefined) return [];
      const missing = { result: "missing", differences: [] } as const;
      return [{ ...compared(step, typeNames[step.answer.kind], missing, "not answered"), step: index }];
    });
  }

  private step(index: number): CallStep | undefined {
    const step = this.plan.steps[index];
    return step?.kind === "call" ? step : undefined;
  }

  private learn(step: CallStep, envelope: AnswerEnvelope, text: string): void {
    const value = step.fills !== undefined && envelope.kind === "call-result" ? idInAnswer(text) : undefined;
    if (value !== undefined && step.fills !== undefined) this.values.set(step.fills, value);
  }

  private compare(step: CallStep, envelope: AnswerEnvelope, text: string): Compared {
    const type = typeNames[envelope.kind];
    const recorded = step.answer;
    if (recorded === undefined) {
      const isHeartbeat = step.action === "Heartbeat" && envelope.kind === "call-result";
      const result = isHeartbeat ? "ignorable" : "unexpected";
      return compared(step, type, { result, differences: [] }, "the recording has no answer");
    }
    return compared(step, type, this.compareAnswers(step, recorded.text, recorded.kind, envelope, text));
  }

  private compareAnswers(
    step: CallStep,
    recorded: string,
    kind: AnswerEnvelope["kind"],
    envelope: AnswerEnvelope,
    text: string,
  ): Comparison {
    if (kind === envelope.kind)
      return compareMessages(
        kind,
        recorded,
        text,
        (pointer) => step.fills !== undefined && pointer === learnedAt,
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

/** Whether a live value stands for a recorded one because this run learned it for that slot. */
export function isLearned(
  recorded: string,
  live: string,
  slotRecorded: string,
  value: string | undefined,
): boolean {
  return (
    value !== undefined &&
    sameSpelling(recorded) === slotRecorded &&
    sameSpelling(live) === sameSpelling(value)
  );
}
