// Messages that a CSMS may ask a passive station for (1.6 section 5.17, the security whitepaper, 2.0.1 F06): what
// the recording knows of them, as steps of the plan. TransactionEvent and SignCertificate are not among
// them, because a second one would not be without effect.

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

/** States of an upload or an update that goes on; with any other there is nothing under way. */
const underWay = /ing$|Downloaded$|Paused$|Scheduled$|Verified$/;

/** What a station has to a request for a message. */
export type Triggered =
  /** `idle`: with a status that says that nothing is under way. */
  | { readonly kind: "step"; readonly step: number; readonly idle: boolean }
  /** The recording has the message, but not for this connector or not yet. */
  | { readonly kind: "rejected" }
  | { readonly kind: "unknown" };

/** Finds the messages that a CSMS asks for. */
export class StationTriggers {
  private readonly plan: Plan;
  /** Steps by action, and by action and connector. */
  private readonly known = new Map<string, number[]>();

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

  /** The last message of the asked kind that was sent before step `next`, else the first one that will be. */
  find(payload: unknown, next: number): Triggered {
    const asked = textAt(payload, "requestedMessage") ?? "";
    const all = this.known.get(asked);
    if (all === undefined) return { kind: "unknown" };
    const connector = perConnector.has(asked) ? connectorOf(payload) : undefined;
    const steps = connector === undefined ? all : (this.known.get(`${asked} ${connector}`) ?? []);
    const before = steps.findLast((index) => index < next);
    if (before !== undefined) return { kind: "step", step: before, idle: this.isOver(before) };
    const step = steps.find((index) => {
      const later = this.plan.steps[index];
      // A value that has not been learned yet cannot be told.
      return later?.kind === "call" && later.uses.length === 0;
    });
    return step === undefined ? { kind: "rejected" } : { kind: "step", step, idle: this.tellsWork(step) };
  }

  /** Whether the message is about an upload or an update, which has the status Idle for times without one. */
  private tellsWork(index: number): boolean {
    const step = this.plan.steps[index];
    return (
      step?.kind === "call" &&
      step.action !== "StatusNotification" &&
      step.action.endsWith("StatusNotification")
    );
  }

  private isOver(index: number): boolean {
    const step = this.plan.steps[index];
    if (!this.tellsWork(index) || step?.kind !== "call" || step.out.text === undefined) return false;
    return !underWay.test(stepFacts(step).status ?? "");
  }

  private note(name: string, index: number): void {
    const list = this.known.get(name);
    if (list === undefined) this.known.set(name, [index]);
    else list.push(index);
  }
}
