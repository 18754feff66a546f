// Messages that a CSMS may ask a passive station for (1.6 section 5.17, the security whitepaper, 2.0.1 F06): what
// the recording knows of them, as steps of the plan. TransactionEvent and SignCertificate are not among
// them, because a second one would not be without effect.

import { textAt } from "../../analyse/payload.js";
import { parseEnvelope } from "../../ocpp/parse-envelope.js";
import { connectorOf } from "../causes-table.js";
import type { Plan } from "../plan.js";

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

/** What a station has to a request for a message. */
export type Triggered =
  | { readonly kind: "step"; readonly step: number }
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
      if (!perConnector.has(step.action) || step.out.text === undefined) continue;
      const envelope = parseEnvelope(step.out.text);
      const connector = "payload" in envelope ? connectorOf(envelope.payload) : undefined;
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
    if (before !== undefined) return { kind: "step", step: before };
    const step = steps.find((index) => {
      const later = this.plan.steps[index];
      // A value that has not been learned yet cannot be told.
      return later?.kind === "call" && later.uses.length === 0;
    });
    return step === undefined ? { kind: "rejected" } : { kind: "step", step };
  }

  private note(name: string, index: number): void {
    const list = this.known.get(name);
    if (list === undefined) this.known.set(name, [index]);
    else list.push(index);
  }
}
