// The result of each step of a replay, read from its reports: the id it was sent with, the answer, and the values that
// the CSMS assigned.

import { parseEnvelope } from "../ocpp/envelope/parse-envelope.js";
import type { Plan } from "../replay/plan/plan.js";
import { payloadSources } from "../replay/plan/values/slots.js";
import type { StationReport } from "../replay/protocol.js";

/** The answer to a step: a CALLRESULT, a CALLERROR, or none. */
export type StepAnswer = "result" | "error" | "none";

/** Collects the results of a replay's steps. */
export class StepResults {
  private readonly plan: Plan;
  private readonly answers = new Map<number, StepAnswer>();
  private readonly sentIds = new Map<number, string>();
  private readonly learned = new Map<number, string>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Takes a report of the replay. */
  take(report: StationReport): void {
    if ((report.kind !== "compared" && report.kind !== "sent") || report.exchange === undefined) return;
    const { step, live } = report.exchange;
    if (step === undefined) return;
    const sent = live.call === undefined ? undefined : parseEnvelope(live.call);
    if (sent?.kind === "call") this.sentIds.set(step, sent.id);
    if (live.answer === undefined) this.answers.set(step, "none");
    else if (report.type === "CALLRESULT") this.answeredWith(step, live.answer);
    else this.answers.set(step, "error");
  }

  /** The answer to a step. */
  answerTo(step: number): StepAnswer {
    return this.answers.get(step) ?? "none";
  }

  /** The message id that a step was sent with; undefined if it was not sent. */
  idOf(step: number): string | undefined {
    return this.sentIds.get(step);
  }

  /** The values that the CSMS assigned, as JSON text, by slot. */
  get values(): ReadonlyMap<number, string> {
    return this.learned;
  }

  private answeredWith(index: number, text: string): void {
    this.answers.set(index, "result");
    const step = this.plan.steps[index];
    if (step?.kind !== "call" || step.answer === undefined || step.answer.teaches.size === 0) return;
    const sources = payloadSources(text, "CALLRESULT");
    for (const [pointer, slot] of step.answer.teaches) {
      const source = sources.get(pointer);
      if (source !== undefined && source !== "null") this.learned.set(slot, source);
    }
  }
}
