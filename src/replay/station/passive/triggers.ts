// Messages that a CSMS may ask a passive station for (1.6 section 5.17, the security whitepaper, 2.0.1 F06): the steps of
// the plan that have such a message. TransactionEvent and SignCertificate are not among them, because a second one would
// have an effect.

import { connectorOf, textAt } from "../../../ocpp/payload.js";
import type { Plan } from "../../plan/plan.js";
import { stepFacts } from "../../plan/step-facts.js";

const actions = new Set([
  "BootNotification",
  "DiagnosticsStatusNotification",
  "FirmwareStatusNotification",
  "Heartbeat",
  "LogStatusNotification",
  "MeterValues",
  "PublishFirmwareStatusNotification",
  "StatusNotification",
]);

const perConnector = new Set(["MeterValues", "StatusNotification"]);

/** States of an upload or an update that is in progress. */
const inProgress = /ing$|Downloaded$|Paused$|Scheduled$|Verified$/;

/** What a station has for a request for a message. */
export type Triggered =
  /** `idle`: the message is sent with the status Idle, because nothing is in progress. */
  | { readonly kind: "step"; readonly step: number; readonly idle: boolean }
  /** The recording has the message, but not for this connector or not yet. */
  | { readonly kind: "rejected" }
  | { readonly kind: "unknown" };

/** Finds the messages that a CSMS asks for. */
export class StationTriggers {
  private readonly plan: Plan;
  /** Steps by action, and by action and connector. */
  private readonly steps = new Map<string, number[]>();

  constructor(plan: Plan) {
    this.plan = plan;
    for (const [index, step] of plan.steps.entries()) {
      if (step.kind !== "call" || step.type !== "CALL" || !actions.has(step.action)) continue;
      this.note(step.action, index);
      if (!perConnector.has(step.action)) continue;
      const { connector } = stepFacts(step);
      if (connector !== undefined) this.note(`${step.action} ${connector}`, index);
    }
  }

  /** The last message of the requested kind before step `next`, else the first after it that needs no learned value. */
  find(payload: unknown, next: number): Triggered {
    const requested = textAt(payload, "requestedMessage") ?? "";
    const all = this.steps.get(requested);
    if (all === undefined) return { kind: "unknown" };
    const connector = perConnector.has(requested) ? connectorOf(payload) : undefined;
    const steps = connector === undefined ? all : (this.steps.get(`${requested} ${connector}`) ?? []);
    const before = steps.findLast((index) => index < next);
    if (before !== undefined) return { kind: "step", step: before, idle: this.isFinished(before) };
    const step = steps.find((index) => {
      const later = this.plan.steps[index];
      return later?.kind === "call" && later.uses.length === 0;
    });
    return step === undefined
      ? { kind: "rejected" }
      : { kind: "step", step, idle: this.isProgressReport(step) };
  }

  /** Whether the message is about an upload or an update, which has the status Idle when there is none. */
  private isProgressReport(index: number): boolean {
    const step = this.plan.steps[index];
    return (
      step?.kind === "call" &&
      step.action !== "StatusNotification" &&
      step.action.endsWith("StatusNotification")
    );
  }

  private isFinished(index: number): boolean {
    const step = this.plan.steps[index];
    if (!this.isProgressReport(index) || step?.kind !== "call" || step.out.text === undefined) return false;
    return !inProgress.test(stepFacts(step).status ?? "");
  }

  private note(name: string, index: number): void {
    const list = this.steps.get(name);
    if (list === undefined) this.steps.set(name, [index]);
    else list.push(index);
  }
}
